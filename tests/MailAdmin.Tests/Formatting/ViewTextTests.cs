// How a view writes a number, and where it breaks a line.
using MailAdmin.Client;

namespace MailAdmin.Tests.Formatting;

public sealed class ViewTextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.5, "0.50")]
    [InlineData(-1234.567, "-1234.57")]
    [InlineData(9_999_999_999, "9999999999")]
    [InlineData(9_999_999_999.6, "10 G")]
    [InlineData(17_179_869_184, "17.18 G")]
    [InlineData(9_999_990_000_000, "9999.99 G")]
    [InlineData(10_000_000_000_000, "10 T")]
    [InlineData(12_345_600_000_000, "12.35 T")]
    [InlineData(long.MaxValue, "9223372 T")]
    [InlineData(long.MinValue, "-9223372 T")]
    [InlineData(ulong.MaxValue, "18446744 T")]
    [InlineData(1e20, "1E+20")]
    public void A_number_has_ten_characters_at_most(double number, string shown)
    {
        ViewText.Number(number).ShouldBe(shown);
        shown.Length.ShouldBeLessThanOrEqualTo(10);
    }

    [Theory]
    [InlineData("The group 'sales' is not there", "The group|'sales' is|not there")]
    [InlineData("Email + jane.doe@example.org", "Email +|jane.doe@|example.org")]
    [InlineData("a@b.example;c@d.example", "a@b.example;|c@d.example")]
    [InlineData("2001:0db8:85a3:1234:5678", "2001:0db8:|85a3:1234:|5678")]
    [InlineData("abcdefghijklmnopqrstuvwxyz end", "abcdefghijkl|mnopqrstuvwx|yz end")]
    [InlineData("日本日本日本日本 ok", "日本日本日本|日本 ok")]
    [InlineData("abcdefghijk🎉", "abcdefghijk|🎉")]
    [InlineData("a\r\nb", "a\\r\\nb")]
    [InlineData("", "")]
    public void A_line_ends_between_words_or_between_the_parts_of_an_address(string text, string shown) => DisplayText.Wrap(text, 12).Replace('\n', '|').ShouldBe(shown);
}
