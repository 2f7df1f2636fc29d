using MailAdmin.Client;

namespace MailAdmin.Tests.Values;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData("5GB", 5368709120)]
    [InlineData("5 gb", 5368709120)]
    [InlineData(" 1.5GB ", 1610612736)]
    [InlineData("500 MB", 524288000)]
    [InlineData("2TiB", 2199023255552)]
    [InlineData("1K", 1024)]
    [InlineData("0", 0)]
    [InlineData("1048576", 1048576)]
    [InlineData("10 bytes", 10)]
    [InlineData("Unlimited", 0)]
    [InlineData("none", 0)]
    [InlineData("Unbegrenzt", 0)]
    [InlineData("illimité", 0)]
    [InlineData("1,5 GB", 1610612736)]
    [InlineData("1,5 Go", 1610612736)]
    [InlineData("512 Mo", 536870912)]
    [InlineData("2 ГБ", 2147483648)]
    [InlineData("0,125 GB", 134217728)]
    [InlineData("1.024,5 MB", 1074266112)]
    [InlineData("1,024.5 MB", 1074266112)]
    [InlineData("5.368.709.120", 5368709120)]
    [InlineData("5,368,709,120", 5368709120)]
    [InlineData("5 368 709 120", 5368709120)]
    [InlineData("5\u00A0368\u00A0709\u00A0120", 5368709120)]
    [InlineData("1'024'000 KB", 1048576000)]
    [InlineData("49,5 GB (53.150.220.288 Bytes)", 53150220288)]
    [InlineData("49,5 Go (53\u202F150\u202F220\u202F288 octets)", 53150220288)]
    [InlineData("50 GB (53,687,091,200 bytes)", 53687091200)]
    [InlineData("49.5 GB (53,150,220,288 bytes)", 53150220288)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void What_people_write_is_read(string text, long bytes)
    {
        ByteSize.TryParse(text, out long read).ShouldBeTrue();
        read.ShouldBe(bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("-1")]
    [InlineData("-5GB")]
    [InlineData("5XB")]
    [InlineData("five")]
    [InlineData("1,500 MB")]
    [InlineData("1.500 GB")]
    [InlineData("1.024")]
    [InlineData("1,2,3 GB")]
    [InlineData("12.34.567")]
    [InlineData("5,36871E+09")]
    [InlineData("49,5 GB (53.150.22 Bytes)")]
    [InlineData("0x10")]
    [InlineData("1e3")]
    [InlineData("1.5")]
    [InlineData("9223372036854775808")]
    [InlineData("8192 PB")]
    [InlineData("99999999999999 PB")]
    [InlineData("5GB 5GB")]
    [InlineData("50 GB (x bytes)")]
    public void What_nobody_can_be_sure_of_is_refused(string? text) => ByteSize.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void A_number_that_differs_by_language_is_refused_with_both_meanings()
    {
        ByteSize.GetError("1.500 GB", out _)!.ShouldContain("1500 GB in German and 1.5 GB in English");
        ByteSize.GetError("1,500 MB", out _)!.ShouldContain("1500 MB in English and 1.5 MB in German");
        ByteSize.GetError("5,36871E+09", out _)!.ShouldContain("rounded by a spreadsheet");
    }

    [Theory]
    [InlineData("5", false)]
    [InlineData("1024", false)]
    [InlineData("1048575", false)]
    [InlineData("1048576", true)]
    [InlineData("0", true)]
    [InlineData("Unlimited", true)]
    [InlineData("5 bytes", true)]
    [InlineData("512KB", true)]
    public void A_quota_below_1_MB_needs_its_unit(string text, bool isTaken) => (QuotaRule.GetError(text, out _) is null).ShouldBe(isTaken);

    [Theory]
    [InlineData(5, false)]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1L << 20, true)]
    public void So_does_one_given_as_a_number(long bytes, bool isTaken) => (QuotaRule.GetError(bytes) is null).ShouldBe(isTaken);

    [Theory]
    [InlineData(0, "none")]
    [InlineData(512, "512 bytes")]
    [InlineData(1610612736, "1.5 GB")]
    [InlineData(5368709120, "5 GB")]
    public void A_size_is_written_short(long bytes, string text) => ByteSize.Format(bytes).ShouldBe(text);
}
