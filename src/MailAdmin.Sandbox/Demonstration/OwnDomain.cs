namespace MailAdmin.Sandbox.Demonstration;

/// <summary>A domain of the organisation as others see it.</summary>
/// <param name="Name">The domain.</param>
/// <param name="HasMailbox">Whether its host takes mail for an address.</param>
/// <param name="Spf">The SPF record.</param>
/// <param name="Dmarc">The DMARC record.</param>
internal sealed record OwnDomain(string Name, Func<string, bool> HasMailbox, string? Spf, string? Dmarc);
