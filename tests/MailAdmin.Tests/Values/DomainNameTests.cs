using MailAdmin.Client;

namespace MailAdmin.Tests.Values;

public sealed class DomainNameTests
{
    [Theory]
    [InlineData("Example.ORG", "example.org")]
    [InlineData("müller.example", "xn--mller-kva.example")]
    [InlineData("MÜLLER.example.", "xn--mller-kva.example.")]
    [InlineData("mu\u0308ller.example", "xn--mller-kva.example")]
    [InlineData("_dmarc.müller.example", "_dmarc.xn--mller-kva.example")]
    [InlineData("straße.example", "xn--strae-oqa.example")]
    [InlineData("пример.рф", "xn--e1afmkfd.xn--p1ai")]
    [InlineData("not..a domain ü", "not..a domain ü")]
    public void Two_names_of_one_domain_are_equal_in_ASCII(string domain, string ascii) => DomainName.ToAscii(domain).ShouldBe(ascii);

    [Theory]
    [InlineData("müller.example", "xn--mller-kva.example")]
    [InlineData("xn--mller-kva.example", "müller.example")]
    [InlineData("example.org", null)]
    public void The_other_spelling_is_found_either_way(string domain, string? other) => DomainName.GetOtherSpelling(domain).ShouldBe(other);

    [Theory]
    [InlineData("Jane@MÜLLER.example", "jane@xn--mller-kva.example")]
    [InlineData("@müller.example", "@xn--mller-kva.example")]
    [InlineData("Jürgen@example.org", "jürgen@example.org")]
    [InlineData("jane", "jane")]
    public void Addresses_are_compared_by_the_ASCII_form_of_their_domain_alone(string address, string comparable) => MailAddress.ToComparable(address).ShouldBe(comparable);

    [Theory]
    [InlineData("@example.org", true)]
    [InlineData("@müller.example", true)]
    [InlineData("@", false)]
    [InlineData("@ example.org", false)]
    [InlineData("@@example.org", false)]
    [InlineData("jane@example.org", false)]
    public void A_catch_all_is_an_at_sign_and_a_domain(string address, bool isCatchAll) => MailAddress.IsCatchAll(address).ShouldBe(isCatchAll);
}
