namespace MailAdmin.Sandbox.Authentication;

/// <summary>How long tokens and codes are valid.</summary>
/// <param name="Access">An access token.</param>
/// <param name="Refresh">A refresh token.</param>
/// <param name="Renewal">How near its end a refresh token is replaced by a new one.</param>
/// <param name="Id">An ID token.</param>
/// <param name="Code">A code that waits for its client.</param>
/// <param name="Device">A device that waits for its user.</param>
internal sealed record TokenLifetimes(TimeSpan Access, TimeSpan Refresh, TimeSpan Renewal, TimeSpan Id, TimeSpan Code, TimeSpan Device)
{
    public static TokenLifetimes Default { get; } = new(
        TimeSpan.FromHours(1), TimeSpan.FromDays(30), TimeSpan.FromDays(4), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30));
}
