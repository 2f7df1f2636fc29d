using CsCheck;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Tests.Sandbox.Registry;

public sealed class RegistryIdTests
{
    [Theory]
    [InlineData("a", 0)]
    [InlineData("b", 1)]
    [InlineData("3", 31)]
    [InlineData("ba", 32)]
    [InlineData("d333333", uint.MaxValue)]
    [InlineData("singleton", RegistryId.Singleton)]
    public void An_id_is_a_number(string text, ulong number)
    {
        RegistryId.Format(number).ShouldBe(text);
        RegistryId.TryParse(text, out ulong id).ShouldBeTrue();
        id.ShouldBe(number);
    }

    [Fact]
    public void An_empty_id_is_the_first() => (RegistryId.TryParse("", out ulong id) ? id : 1).ShouldBe(0UL);

    [Theory]
    [InlineData("D")]
    [InlineData("8")]
    [InlineData("b c")]
    [InlineData("aaaaaaaaaaaaaa")]
    public void Capitals_and_other_letters_make_no_id(string text) => RegistryId.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Every_number_is_read_as_it_was_written() => Gen.ULong.Sample(number => RegistryId.TryParse(RegistryId.Format(number), out ulong id) && id == number);
}
