using System.Globalization;
using System.Text.RegularExpressions;
using OtpNet;

namespace MailAdmin.Tests.Recordings.Jmap;

/// <summary>What a server made up and what stands for it now: secrets, tokens, codes, where the schema is; and what belongs to the moment: times and TOTP codes.</summary>
internal sealed partial class LiveValues(TimeProvider clock)
{
    /// <summary>The TOTP secret of every account in the recording.</summary>
    private const string TotpSecret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    /// <summary>Times farther away are not meant relative to the moment.</summary>
    private static readonly TimeSpan s_farAway = TimeSpan.FromDays(400);

    private readonly Dictionary<string, string> _secrets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _locations = new(StringComparer.Ordinal);

    public void LearnSecret(string recorded, string live) => _secrets[recorded] = live;

    public void LearnLocation(string recorded, string live) => _locations[recorded] = live;

    public string GetSecret(string recorded) => _secrets.GetValueOrDefault(recorded, recorded);

    public string GetLocation(string recorded) => _locations.GetValueOrDefault(recorded, recorded);

    /// <summary>A right TOTP code, by the sandbox's clock.</summary>
    public string ComputeTotp() => new Totp(Base32Encoding.ToBytes(TotpSecret)).ComputeTotp(clock.GetUtcNow().UtcDateTime);

    /// <summary>A text of a request as it has to be sent now.</summary>
    /// <param name="text">As it was sent.</param>
    /// <param name="sentAt">When that was.</param>
    public string Refresh(string text, DateTimeOffset sentAt) => _secrets.TryGetValue(text, out string? live) ? live : Shift(text, sentAt);

    /// <summary>What was sent as a TOTP code, and was meant to be a right one.</summary>
    public static bool IsTotpCode(string text) => CodePattern().IsMatch(text) && text != "000000";

    private string Shift(string text, DateTimeOffset sentAt) => TimePattern().Replace(text, match =>
    {
        DateTimeOffset time = ParseTime(match.Value);
        return (time - sentAt).Duration() < s_farAway ? FormatTime(time + (clock.GetUtcNow() - sentAt)) : match.Value;
    });

    public static DateTimeOffset ParseTime(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static string FormatTime(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")]
    private static partial Regex TimePattern();

    [GeneratedRegex(@"^\d{6}$")]
    private static partial Regex CodePattern();
}
