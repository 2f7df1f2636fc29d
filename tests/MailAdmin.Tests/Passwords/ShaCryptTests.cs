using System.Text;
using MailAdmin.Isolated.Passwords;

namespace MailAdmin.Tests.Passwords;

/// <summary>The vectors that Drepper's specification publishes, and one beyond a block of the digest from OpenSSL.</summary>
public sealed class ShaCryptTests
{
    private const string Long = "a very much longer text to encrypt.  This one even stretches over morethan one line.";

    [Theory]
    [InlineData("saltstring", null, "Hello world!", "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1")]
    [InlineData("saltstringsaltstring", 10000, "Hello world!", "$6$rounds=10000$saltstringsaltst$OW1/O6BYHV6BcXZu8QVeXbDWra3Oeqh0sbHbbMCVNSnCM/UrjmM0Dp8vOuZeHBy/YTBmSK6H9qs/y3RnOaw5v.")]
    [InlineData("toolongsaltstring", 5000, "This is just a test", "$6$rounds=5000$toolongsaltstrin$lQ8jolhgVRVhY4b5pZKaysCLi0QBxGoNeKQzQ3glMhwllF7oGDZxUhx1yxdYcz/e1JSbq3y6JMxxl8audkUEm0")]
    [InlineData("anotherlongsaltstring", 1400, Long, "$6$rounds=1400$anotherlongsalts$POfYwTEok97VWcjxIiSOjiykti.o/pQs.wPvMxQ6Fm7I6IoYN3CmLs66x9t0oSwbtEW7o7UmJEiDwGqd8p4ur1")]
    [InlineData("short", 77777, "we have a short salt string but not a short password", "$6$rounds=77777$short$WuQyW2YR.hBNpjjRhpYD/ifIw05xdfeEyQoMxIXbkvr0gge1a1x3yRULJ5CCaUeOxFmtlcGZelFl5CxtgfiAc0")]
    [InlineData("asaltof16chars..", 123456, "a short string", "$6$rounds=123456$asaltof16chars..$BtCwjqMJGx5hrJhZywWvt0RLE8uZ4oPwcelCjmw2kSYu.Ec6ycULevoBK25fs2xXgMNrCzIMVcgEJAstJeonj1")]
    [InlineData("roundstoolow", 10, "the minimum number is still observed", "$6$rounds=1000$roundstoolow$kUMsbe306n21p9R.FRkW3IGn.S9NPN0x50YhH1xhLsPuWGsUSklZt58jaTfF4ZEQpyUNGc0dqbpBYYBaHHrsX.")]
    [InlineData("abc", null, "пароль-длинный-пароль-длинный-пароль-длинный-пароль-длинный-пароль", "$6$abc$jBmePfbut6QsNrOvD4u13nL3zkI4PSzIwxJ5thy8UcpqWfDS6emhjw5QzBaK.S5b.Y90eXiG5JzsIfdTF3uFo0")]
    public void Sha512_agrees_with_the_specification(string salt, int? rounds, string password, string expected) =>
        ShaCrypt.Sha512(Encoding.UTF8.GetBytes(password), Encoding.ASCII.GetBytes(salt), rounds).ShouldBe(expected);

    [Theory]
    [InlineData("saltstring", null, "Hello world!", "$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5")]
    [InlineData("saltstringsaltstring", 10000, "Hello world!", "$5$rounds=10000$saltstringsaltst$3xv.VbSHBb41AL9AvLeujZkZRBAwqFMz2.opqey6IcA")]
    [InlineData("anotherlongsaltstring", 1400, Long, "$5$rounds=1400$anotherlongsalts$Rx.j8H.h8HjEDGomFU8bDkXm3XIUnzyxf12oP84Bnq1")]
    [InlineData("asaltof16chars..", 123456, "a short string", "$5$rounds=123456$asaltof16chars..$gP3VQ/6X7UUEW3HkBn2w1/Ptq2jxPyzV/cZKmF/wJvD")]
    public void Sha256_agrees_with_the_specification(string salt, int? rounds, string password, string expected) =>
        ShaCrypt.Sha256(Encoding.UTF8.GetBytes(password), Encoding.ASCII.GetBytes(salt), rounds).ShouldBe(expected);
}
