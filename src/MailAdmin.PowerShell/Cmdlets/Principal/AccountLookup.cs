using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Finds the account that an identity stands for, and checks that it can be one.</summary>
internal static class AccountLookup
{
    private static readonly PrincipalType[] s_types = [PrincipalType.Individual, PrincipalType.Group];

    /// <summary>Why an identity cannot be an account; null if it may be one.</summary>
    /// <param name="identity">The identity that was specified.</param>
    /// <param name="literalLine">The line for the account that is called exactly so.</param>
    public static string? GetInvalidReason(PrincipalIdentity identity, string literalLine)
    {
        if (identity.IsPattern)
        {
            return PrincipalErrors.FormatWildcardAdvice(identity, literalLine, " -Type Individual");
        }
        return identity.Principal is { } principal ? GetInvalidReason(principal) : null;
    }

    /// <summary>The name of the account, which is looked for: the server acts on a list, too, and on what is not there. Whoever may not read it leaves that to the server.</summary>
    /// <exception cref="MailServerException"><c>NotFound</c> when there is none.</exception>
    /// <exception cref="ArgumentException">It is of a type that has no mail.</exception>
    public static async Task<string> GetNameAsync(MailClient client, PrincipalIdentity identity, CancellationToken cancellationToken)
    {
        MailPrincipal account;
        try
        {
            account = identity.Principal ?? await client.Principals.FindAsync(identity.Name, s_types, cancellationToken).ConfigureAwait(false) ?? throw CreateNotFound(identity);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden && !identity.MayBeAddress)
        {
            return identity.Name;
        }
        return GetInvalidReason(account) is { } reason ? throw new ArgumentException(reason) : account.Name;
    }

    /// <summary>The name to send: an address must be looked up first.</summary>
    /// <exception cref="MailServerException"><c>NotFound</c> when no account has the address.</exception>
    public static async Task<string> ResolveNameAsync(MailClient client, PrincipalIdentity identity, CancellationToken cancellationToken)
    {
        if (!identity.MayBeAddress || IsCaller(client, identity))
        {
            return identity.Name;
        }
        MailPrincipal? found = await client.Principals.FindAsync(identity.Name, s_types, cancellationToken).ConfigureAwait(false);
        return found?.Name ?? throw CreateNotFound(identity);
    }

    // The name of an account is its address there. Who is signed in may see his own mail without reading the directory.
    private static bool IsCaller(MailClient client, PrincipalIdentity identity) =>
        client.Principals.NamesAreAddresses && string.Equals(identity.Name, client.UserName, StringComparison.OrdinalIgnoreCase);

    private static string? GetInvalidReason(MailPrincipal principal) => principal.Type != PrincipalType.Individual && principal.Type != PrincipalType.Group
        ? $"'{principal}' is of type {principal.Type}, not an account."
        : null;

    private static MailServerException CreateNotFound(PrincipalIdentity identity) =>
        new(MailErrorCode.NotFound, Operations.GetPrincipal, $"There is no account '{identity}'.") { Item = identity.Name };
}
