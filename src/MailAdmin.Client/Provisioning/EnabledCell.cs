namespace MailAdmin.Client.Provisioning;

/// <summary>Reads whether an account may sign in.</summary>
internal static class EnabledCell
{
    public static CellError? Read(string cell, out bool enabled)
    {
        bool? known = cell.Trim().ToUpperInvariant() switch
        {
            "TRUE" or "$TRUE" or "YES" or "1" or "ENABLED" or "ACTIVE" => true,
            "FALSE" or "$FALSE" or "NO" or "0" or "DISABLED" or "SUSPENDED" => false,
            _ => null,
        };
        enabled = known ?? false;
        return known is null
            ? new CellError("EnabledInvalid", $"'{cell}' is neither yes nor no: write True or False.")
            : null;
    }
}
