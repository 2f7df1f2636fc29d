namespace MailAdmin.Client.Api.Principals;

/// <summary>
/// How a server from 0.16 on names an account, a group or a list: by what stands before the <c>@</c> of its address, and the domain. There is no name beside
/// the address.
/// </summary>
internal static class JmapName
{
    /// <summary>The principal with its address as its name; others are as they are.</summary>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> where name and address are two things.</exception>
    public static NewPrincipal Normalize(NewPrincipal principal)
    {
        if (!HasAddress(principal.Type))
        {
            return principal;
        }
        string address = GetAddress(principal).ToLowerInvariant();
        return principal with { Name = address, Email = [address, .. principal.Email.Where(other => !MailAddress.Comparer.Equals(other, address))] };
    }

    /// <summary>A name as the server stores it: addresses and domains in lower case, others with their capitals.</summary>
    public static string GetStored(PrincipalType kind, string name) =>
        HasAddress(kind) || kind == PrincipalType.Domain ? name.ToLowerInvariant()
        : kind == PrincipalType.ApiKey && JmapKeyName.IsOfKey(name) ? JmapKeyName.Combine(JmapKeyName.Split(name).Owner, JmapKeyName.Split(name).Description)
        : name;

    /// <summary>Whether principals of a type are named by an address.</summary>
    public static bool HasAddress(PrincipalType kind) => kind.Word is "individual" or "group" or "list";

    /// <summary>What stands before the <c>@</c>, and the domain.</summary>
    public static (string Local, string Domain) Split(string address) => (MailAddress.GetLocalPart(address), MailAddress.GetDomain(address));

    private static string GetAddress(NewPrincipal principal)
    {
        string? primary = principal.Email.Count > 0 ? principal.Email[0] : null;
        if (principal.Name.Contains('@', StringComparison.Ordinal))
        {
            return primary is null || MailAddress.Comparer.Equals(primary, principal.Name)
                ? principal.Name
                : throw CreateRefusal($"The primary address of '{principal.Name}' cannot be '{primary}': from 0.16 on the name is the primary address. Name it '{primary}', and give it '{principal.Name}' as a further address.");
        }
        if (primary is null)
        {
            throw CreateRefusal($"'{principal.Name}' has no domain: from 0.16 on the name is the primary address. Specify it whole, such as {principal.Name}@example.org.");
        }
        return string.Equals(MailAddress.GetLocalPart(primary), principal.Name, StringComparison.OrdinalIgnoreCase)
            ? primary
            : throw CreateRefusal($"The primary address of '{principal.Name}' cannot be '{primary}': from 0.16 on the name is what stands before the '@' of it. Name it '{MailAddress.GetLocalPart(primary)}', or make {principal.Name}@{MailAddress.GetDomain(primary)} the primary address and '{primary}' a further one.");
    }

    private static MailServerException CreateRefusal(string message) => MailServerException.CreateRefusal(Operations.CallJmap, PrincipalField.Name, message);
}
