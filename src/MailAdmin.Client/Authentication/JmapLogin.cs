namespace MailAdmin.Client.Authentication;

/// <summary>Logins of a server from 0.16 on: addresses, or names in its own domain.</summary>
internal static class JmapLogin
{
    /// <summary>Whether a login is that of an account. A name without a domain is compared with what stands before the <c>@</c>: the server adds its own domain.</summary>
    /// <param name="login">What a person signs in with.</param>
    /// <param name="userName">The address of the account; of the recovery administrator, the name.</param>
    public static bool IsOf(string login, string userName) => MailAddress.Comparer.Equals(login, userName)
        || (!login.Contains('@', StringComparison.Ordinal) && MailAddress.Comparer.Equals(login, MailAddress.GetLocalPart(userName)));
}
