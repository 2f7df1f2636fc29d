using MailAdmin.Client;
using MailAdmin.Isolated.Passwords;

namespace MailAdmin.Tests.Passwords;

public sealed class PasswordStrengthTests
{
    // The scores of zxcvbn 4.4.2. Recorded servers from 0.16 on refuse those below 3 by default.
    [Theory]
    [InlineData("", 0)]
    [InlineData("short", 0)]
    [InlineData("12345678", 0)]
    [InlineData("password", 0)]
    [InlineData("qwertyuiop", 0)]
    [InlineData("1qaz2wsx3edc", 0)]
    [InlineData("weak", 1)]
    [InlineData("password1!", 1)]
    [InlineData("password1234", 1)]
    [InlineData("Passw0rd!", 1)]
    [InlineData("letmein123", 1)]
    [InlineData("temppass22", 1)]
    [InlineData("Welcome2024", 2)]
    [InlineData("Summer2024!", 2)]
    [InlineData("Winter2025!", 2)]
    [InlineData("Company123!", 2)]
    [InlineData("Berlin2024!", 3)]
    [InlineData("do you know", 3)]
    [InlineData("ryanhunter2000", 3)]
    [InlineData("thisisalongpassword", 3)]
    [InlineData("eheuczkqyq", 3)]
    [InlineData("tr0ub4dor&3", 4)]
    [InlineData("briansmith4mayor", 4)]
    [InlineData("correcthorsebatterystaple", 4)]
    [InlineData("lamp river stone cloud", 4)]
    [InlineData("straightcountdeacon", 3)]
    [InlineData("returnedcoal59", 3)]
    [InlineData("rWibMFACxAUGZmxhVncy", 4)]
    public void A_password_has_the_score_of_zxcvbn(string password, int score) => PasswordStrength.Score(password).ShouldBe(score);

    [Fact]
    public void What_is_long_is_judged_by_its_beginning()
    {
        PasswordStrength.Score(new string('x', 5000)).ShouldBeLessThan(3);
        PasswordStrength.Score(string.Concat(Enumerable.Range(0, 2000).Select(number => (char)('!' + (number * 37 % 90))))).ShouldBe(4);
    }

    [Fact]
    public void Generated_passwords_are_the_strongest() => Enumerable.Range(0, 20).Select(_ => PasswordStrength.Score(PasswordGenerator.Create())).ShouldAllBe(score => score == 4);

    [Fact]
    public void Several_threads_get_the_same_scores()
    {
        string[] passwords = ["Summer2024!", "P4ssw0rd", "ryanhunter2000", "correct horse battery staple"];
        int[] expected = [.. passwords.Select(PasswordStrength.Score)];
        Parallel.For(0, 40, i => PasswordStrength.Score(passwords[i % passwords.Length]).ShouldBe(expected[i % passwords.Length]));
    }
}
