namespace MailAdmin.Client;

/// <summary>What a member of a group or list stands for, given by name or by address: one of the two.</summary>
/// <param name="Name">The name of a principal of this server.</param>
/// <param name="ExternalAddress">An address outside this server.</param>
public sealed record MemberReference(string? Name, string? ExternalAddress)
{
    /// <summary>
    /// The rule for every command that takes members: a name or an address of a principal is that principal, an address in a domain of another server is an
    /// external member, and anything else is nobody (null).
    /// </summary>
    /// <param name="member">The name or address as it was given.</param>
    /// <param name="owner">The name of the principal that has this name or address; null = none.</param>
    /// <param name="isLocal">Whether mail for a domain stays on this server, or that is unknown.</param>
    internal static MemberReference? Decide(string member, string? owner, Func<string, bool> isLocal) =>
        owner is not null ? new(owner, null)
        : MailAddress.GetValidationError(member) is null && !isLocal(MailAddress.GetDomain(member)) ? new(null, member)
        : null;
}
