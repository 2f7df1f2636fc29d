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
    [InlineData("1,5 GB")]
    [InlineData("1,500 MB")]
    [InlineData("0x10")]
    [InlineData("1e3")]
    [InlineData("1.5")]
    [InlineData("9223372036854775808")]
    [InlineData("8192 PB")]
    [InlineData("99999999999999 PB")]
    [InlineData("5GB 5GB")]
    [InlineData("50 GB (x bytes)")]
    public void What_nobody_can_be_sure_of_is_refused(string? text) => ByteSize.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData(0, "none")]
    [InlineData(512, "512 bytes")]
    [InlineData(1610612736, "1.5 GB")]
    [InlineData(5368709120, "5 GB")]
    public void A_size_is_written_short(long bytes, string text) => ByteSize.Format(bytes).ShouldBe(text);
}
