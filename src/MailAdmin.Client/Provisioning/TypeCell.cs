namespace MailAdmin.Client.Provisioning;

/// <summary>Reads the type of a principal, by our names and those of other directories.</summary>
internal static class TypeCell
{
    public static CellError? Read(string cell, out PrincipalType type)
    {
        // objectClass is a chain of classes; the last one is the object's own.
        string word = cell[(cell.LastIndexOf(';') + 1)..].Trim();
        if (PrincipalType.TryParse(word, out type))
        {
            return null;
        }

        PrincipalType? foreign = word.ToUpperInvariant() switch
        {
            "USER" or "PERSON" or "INETORGPERSON" or "USERMAILBOX" or "LINKEDMAILBOX" or "LEGACYMAILBOX" or "REMOTEUSERMAILBOX" => PrincipalType.Individual,
            "SHAREDMAILBOX" or "REMOTESHAREDMAILBOX" or "MAILUNIVERSALSECURITYGROUP" => PrincipalType.Group,
            "MAILUNIVERSALDISTRIBUTIONGROUP" or "MAILNONUNIVERSALGROUP" or "MAILINGLIST" => PrincipalType.List,
            "ROOMMAILBOX" or "REMOTEROOMMAILBOX" => PrincipalType.Location,
            "EQUIPMENTMAILBOX" or "REMOTEEQUIPMENTMAILBOX" => PrincipalType.Resource,
            _ => null,
        };
        type = foreign ?? default;
        return foreign is null
            ? new CellError("TypeUnknown", $"'{cell}' is not a type of principal: write one of {string.Join(", ", PrincipalType.Known)}.")
            : null;
    }
}
