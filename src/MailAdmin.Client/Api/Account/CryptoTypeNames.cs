namespace MailAdmin.Client.Api.Account;

/// <summary>The kinds of encryption as the server spells them; another spelling is malformed to it.</summary>
internal static class CryptoTypeNames
{
    public const string Pgp = "pGP";
    public const string Smime = "sMIME";
}
