using MailAdmin.Isolated.OneTimeCodes;

namespace MailAdmin.Tests.OneTimeCodes;

public sealed class OneTimeCodeTests
{
    // RFC 6238, appendix B, SHA-1: the last six of eight digits.
    private const string RfcSecret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long time, string code)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(time);
        OneTimeCode.Compute(RfcSecret, now).ShouldBe(code);
        OneTimeCode.Verify(RfcSecret, code, now.AddSeconds(30)).ShouldBeTrue();
        OneTimeCode.Verify(RfcSecret, code, now.AddSeconds(-30)).ShouldBeTrue();
        OneTimeCode.Verify(RfcSecret, code, now.AddSeconds(90)).ShouldBeFalse();
        OneTimeCode.Verify(RfcSecret, "", now).ShouldBeFalse();
    }

    [Fact]
    public void Secrets_are_long_and_never_twice()
    {
        string[] secrets = [.. Enumerable.Range(0, 50).Select(_ => OneTimeCode.CreateSecret())];
        secrets.ShouldAllBe(s => s.Length == 32 && !s.Contains('='));
        secrets.Distinct().Count().ShouldBe(50);
    }

    [Fact]
    public void The_URL_is_what_apps_read()
    {
        OneTimeCode.CreateUrl("Müller & Co", "jane+x@example.org", "ABC").ShouldBe(
            "otpauth://totp/M%C3%BCller%20%26%20Co:jane%2Bx%40example.org?secret=ABC&issuer=M%C3%BCller%20%26%20Co&algorithm=SHA1&digits=6&period=30");
        Should.Throw<ArgumentException>(() => OneTimeCode.CreateUrl("a:b", "jane", "ABC"));
    }

    [Fact]
    public void A_QR_code_is_a_square_that_fits_a_terminal()
    {
        string[] lines = QrCodeText.Render(OneTimeCode.CreateUrl("mail.example.org", "jane.doe", OneTimeCode.CreateSecret())).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Select(l => l.Length).Distinct().Count().ShouldBe(1);
        lines[0].Length.ShouldBeInRange(40, 79);
        lines.Length.ShouldBeInRange(lines[0].Length / 2, (lines[0].Length / 2) + 1);
        string.Concat(lines).Distinct().ShouldBeSubsetOf("█▀▄ ");
    }
}
