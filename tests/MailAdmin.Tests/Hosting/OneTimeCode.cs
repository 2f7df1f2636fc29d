using OtpNet;

namespace MailAdmin.Tests.Hosting;

/// <summary>What an authenticator app shows.</summary>
internal static class OneTimeCode
{
    /// <summary>The code at a time of an address that an app is set up by, <c>otpauth://totp/…</c>.</summary>
    public static string Compute(string url, DateTimeOffset time) => new Totp(Base32Encoding.ToBytes(url.Split("secret=")[1].Split('&')[0])).ComputeTotp(time.UtcDateTime);
}
