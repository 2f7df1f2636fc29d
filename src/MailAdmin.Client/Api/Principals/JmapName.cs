namespace MailAdmin.Client.Api.Principals;

/// <summary>
/// How a server from 0.16 on names an account, a group or a list: by what stands before the <c>@</c> of its address, and the domain. There is no name beside
/// the address.
/// </summary>
internal static class JmapName
{
    /// <summary>The principal with its address as its name, and with its domains as the server spells them: as <c>xn--</c>. Others are as they are.</summary>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> where name and address are two things.</exception>
    public static NewPrincipal Normalize(NewPrincipal principal)
    {
        if (principal.Type == PrincipalType.Domain)
        {
            return principal with { Name = DomainName.ToAscii(principal.Name) };
        }
        if (!HasAddress(principal.Type))
        {
            return principal;
        }
        string address = Respell(GetAddress(principal));
        return principal with { Name = address, Email = [.. principal.Email.Select(Respell).Prepend(address).Distinct()] };
    }

    /// <summary>A name or an address as the server spells it; a key by the address of its account.</summary>
    public static string Respell(string name)
    {
        if (JmapKeyName.IsOfKey(name))
        {
            (string owner, string description) = JmapKeyName.Split(name);
            return JmapKeyName.Combine(MailAddress.ToComparable(owner), description);
        }
        return name.Contains('@', StringComparison.Ordinal) ? MailAddress.ToComparable(name) : name;
    }

    /// <summary>A name as the server stores it: addresses and domains in lower case and as <c>xn--</c>, others with their capitals.</summary>
    public static string GetStored(PrincipalType kind, string name) => kind == PrincipalType.Domain ? DomainName.ToAscii(name.ToLowerInvariant())
        : HasAddress(kind) ? Respell(name.ToLowerInvariant())
        : kind == PrincipalType.ApiKey ? Respell(name)
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
                : throw CreateRefusal($"The primary address of '{principal.Name}' cannot be '{primary}': from 0.16 on the name is the primary address. Put '{principal.Name}' first, or name it '{primary}' if nobody has that address yet.");
        }
        if (primary is null)
        {
            throw CreateRefusal($"'{principal.Name}' has no domain: from 0.16 on the name is the primary address. Specify it whole, such as {principal.Name}@example.org.");
        }
        return string.Equals(MailAddress.GetLocalPart(primary), principal.Name, StringComparison.OrdinalIgnoreCase)
            ? primary
            : throw CreateRefusal($"The primary address of '{principal.Name}' cannot be '{primary}': from 0.16 on the name is what stands before the '@' of it. Make {principal.Name}@{MailAddress.GetDomain(primary)} the primary address, or name it '{MailAddress.GetLocalPart(primary)}' if nobody has '{primary}' yet.");
    }

    private static MailServerException CreateRefusal(string message) => MailServerException.CreateRefusal(Operations.CallJmap, PrincipalField.Name, message);
}
