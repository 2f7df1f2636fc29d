using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Account;

/// <summary>What cannot be chosen where the server makes and hashes secrets itself.</summary>
internal static class ServerSecrets
{
    /// <summary>Refuses -HashAlgorithm.</summary>
    /// <param name="reason">What the server does, such as <c>hashes the password</c>.</param>
    public static MailServerException CreateHashingError(string reason) => new(
        MailErrorCode.Unsupported, Operations.CallJmap, $"Nothing was sent: from 0.16 on the server {reason} itself. Omit -HashAlgorithm.")
    {
        Field = "hashAlgorithm",
    };
}
