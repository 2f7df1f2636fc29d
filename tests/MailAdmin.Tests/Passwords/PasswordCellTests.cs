using MailAdmin.Client;
using MailAdmin.Client.Passwords;

namespace MailAdmin.Tests.Passwords;

public sealed class PasswordCellTests
{
    private const string Sha512 = "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1";
    private const string Bcrypt = "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW";

    // As tools write a value that may be no text: ldapsearch in base64, csvde in digits.
    [Theory]
    [InlineData("e1NTSEF9MmVEYlBJcUU3QXFHZ3FKR0ZzMlB5QlBpNFdoellXeDA=", "{SSHA}2eDbPIqE7AqGgqJGFs2PyBPi4WhzYWx0", "SSHA")]
    [InlineData("X'7b535348417d32654462504971453741714767714a4746733250794250693457687a59577830'", "{SSHA}2eDbPIqE7AqGgqJGFs2PyBPi4WhzYWx0", "SSHA")]
    [InlineData("X'7B535348417D32654462504971453741714767714A4746733250794250693457687A59577830'", "{SSHA}2eDbPIqE7AqGgqJGFs2PyBPi4WhzYWx0", "SSHA")]
    public void A_hash_that_was_encoded_is_the_hash(string cell, string hash, string scheme)
    {
        var parsed = PasswordCell.Parse(cell);
        (parsed.Kind, parsed.Value, parsed.Scheme).ShouldBe((PasswordCellKind.Hash, hash, scheme));
    }

    [Theory]
    [InlineData("e0NSQU0tTUQ1fTM2ZmJiNWExZTFkNQ==")]
    [InlineData("X'7365637265743132'")]
    [InlineData("X'7b4d44357d58'")]
    public void What_was_encoded_and_cannot_be_verified_is_refused(string cell) => PasswordCell.Parse(cell).Kind.ShouldBe(PasswordCellKind.Unsupported);

    // Base64 of something else may be the password itself.
    [Theory]
    [InlineData("c2VjcmV0MTI=")]
    [InlineData("X'marks'the'spot'")]
    public void What_only_looks_encoded_is_a_password(string cell) => PasswordCell.Parse(cell).Kind.ShouldBe(PasswordCellKind.ClearText);

    [Theory]
    [InlineData("!" + Sha512)]
    [InlineData("*" + Bcrypt)]
    [InlineData("!!{SSHA}2eDbPIqE7AqGgqJGFs2PyBPi4WhzYWx0")]
    [InlineData("!{CRYPT}rl0uE0wAqPlHA")]
    public void A_hash_that_is_locked_by_a_mark_is_no_password(string cell)
    {
        var parsed = PasswordCell.Parse(cell);
        parsed.Kind.ShouldBe(PasswordCellKind.Unsupported);
        parsed.Problem!.ShouldContain("locked");
    }

    [Theory]
    [InlineData(Sha512, "SHA512-Crypt")]
    [InlineData("$5$rounds=10000$saltstringsaltst$3xv.VbSHBb41AL9AvLeujZkZRBAwqFMz2.opqey6IcA", "SHA256-Crypt")]
    [InlineData("$1$28772684$iEwNOgGugqO9.bIz5sk8k/", "MD5-Crypt")]
    [InlineData(Bcrypt, "Bcrypt")]
    [InlineData("$2y$05$/OK.fbVrR/bpIqNJ5ianF.CE5elHaaO4EbggVDjb8P19RukzXSM3e", "Bcrypt")]
    [InlineData("$argon2id$v=19$m=65536,t=2,p=1$gZiV/M1gPc22ElAH/Jh1Hw$CWOrkoo7oJBQ/iyh7uJ0LO2aLEfrHwTWllSAxT0zRno", "Argon2")]
    [InlineData("$pbkdf2-sha256$i=600000,l=32$MTIzNDU2Nzg$K1s3ZbHD1uGmNhIZAdCEAgkJYQJGRGyUvBQ0k4qXY8c", "PBKDF2")]
    [InlineData("$scrypt$ln=17,r=8,p=1$MTIzNDU2Nzg$K1s3ZbHD1uGmNhIZAdCEAgkJYQJGRGyUvBQ0k4qXY8c", "Scrypt")]
    [InlineData("$sha1$19703$iVdJqfSE$v4qYKl1zqYThwpjJAoKX6UvlHq/a", "SHA1-Crypt")]
    [InlineData("_J9..CCCCXBrJUJV154M", "BSDi-Crypt")]
    [InlineData("{SSHA}2eDbPIqE7AqGgqJGFs2PyBPi4WhzYWx0", "SSHA")]
    [InlineData("{SHA}qUqP5cyxm6YcTAhz05Hph5gvu9M=", "SHA")]
    [InlineData("{CRYPT}rl0uE0wAqPlHA", "DES-Crypt")]
    public void A_ready_hash_is_recognised(string secret, string scheme)
    {
        PasswordSchemes.Detect(secret).ShouldBe(scheme);
        PasswordCell.Parse(secret).Kind.ShouldBe(PasswordCellKind.Hash);
        PasswordCell.Parse(secret).Value.ShouldBe(secret);
    }

    [Theory]
    [InlineData("$ecret")]
    [InlineData("$2024Summer$x")]
    [InlineData("$5 Milkshake$")]
    [InlineData("{Summer}2024!x")]
    [InlineData("=SUM(A1)pw")]
    [InlineData("a\"b,c;d'e")]
    [InlineData("pässwörd🔑")]
    [InlineData("deadbeef")]
    [InlineData("0123456789abcdef")]
    [InlineData("correct horse battery staple")]
    [InlineData("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ")]
    [InlineData("'quoted'")]
    [InlineData("md5:short")]
    [InlineData("x!!")]
    [InlineData("_underscore")]
    [InlineData("{braces} are fun")]
    [InlineData("{SSHA")]
    [InlineData("$$$$")]
    public void What_only_begins_like_a_hash_is_a_password(string secret)
    {
        PasswordSchemes.GetName(secret).ShouldBe("PlainText");
        var cell = PasswordCell.Parse(secret);
        cell.Kind.ShouldBe(PasswordCellKind.ClearText);
        cell.Value.ShouldBe(secret);
    }

    [Theory]
    [InlineData("$6$my password")]
    [InlineData("$6$abc")]
    [InlineData("$6$saltstring$svn8Uo")]
    [InlineData(Sha512 + "x")]
    [InlineData("x" + Sha512)]
    [InlineData("$2b$hello")]
    [InlineData("$2y$05$bvIG6Nmid91Mu9RcmmWZfO5HJIMCT8riNW0hEp8f6/FuA2/mHZFp")]
    [InlineData("$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1")]
    [InlineData("\"" + Sha512 + "\"")]
    [InlineData("'" + Bcrypt + "'")]
    [InlineData("“{SSHA}2eDbPIqE7AqGgqJGFs2PyBPi4WhzYWx0”")]
    [InlineData("8846F7EAEE8FB117AD06BDD830B7586C")]
    [InlineData("5ebe2294ecd0e0f08eab7690d2a6ee69")]
    [InlineData("aad3b435b51404eeaad3b435b51404ee:8846f7eaee8fb117ad06bdd830b7586c")]
    [InlineData("*94bdcebe19083ce2a1f959fd02f964c7af4cfc29")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("X03MO1qnZdYdgyfeuILPmQ==")]
    [InlineData("qUqP5cyxm6YcTAhz05Hph5gvu9M=")]
    [InlineData("$P$B9w1Zk0aIhQf8Q7S0dYvKp1o2m3n4q.")]
    [InlineData("$apr1$deadbeef$Q7g0HO2hRPY0yPwQyZ5pm0")]
    [InlineData("$y$j9T$F5Jx5fExrKuPp53xLKQ..1$X3DX6M94c7o.9agCG9G317fhZg9SqC.5i5rd.RhAtQ7")]
    [InlineData("pbkdf2_sha256$260000$c2FsdA$aGFzaGhhc2hoYXNo")]
    [InlineData("pbkdf2:sha256:260000$salt$0123456789abcdef")]
    [InlineData("!")]
    [InlineData("!!")]
    [InlineData("*LK*")]
    [InlineData("!$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1")]
    public void What_looks_like_a_hash_and_is_none_is_not_hashed_as_if_it_were_a_password(string secret)
    {
        var cell = PasswordCell.Parse(secret);
        cell.Kind.ShouldBe(PasswordCellKind.Unsupported);
        cell.Problem.ShouldNotBeNull().ShouldNotContain(secret.Length > 3 ? secret : "\0");
        var plain = PasswordCell.Parse("{PLAIN}" + secret);
        (plain.Kind, plain.Value).ShouldBe((PasswordCellKind.ClearText, secret));
    }

    [Theory]
    [InlineData(Sha512 + "\n")]
    [InlineData("  " + Sha512)]
    [InlineData(Bcrypt + "\u00A0")]
    public void Blanks_around_a_hash_are_not_of_it(string cell) =>
        (PasswordCell.Parse(cell).Kind, PasswordCell.Parse(cell).Value).ShouldBe((PasswordCellKind.Hash, cell.Trim()));

    [Theory]
    [InlineData("{SHA512-CRYPT}" + Sha512, Sha512, "SHA512-Crypt")]
    [InlineData("{sha512-crypt}" + Sha512, Sha512, "SHA512-Crypt")]
    [InlineData("{CRYPT}" + Sha512, Sha512, "SHA512-Crypt")]
    [InlineData("{BLF-CRYPT}" + Bcrypt, Bcrypt, "Bcrypt")]
    [InlineData("{DES-CRYPT}rl0uE0wAqPlHA", "{CRYPT}rl0uE0wAqPlHA", "DES-Crypt")]
    public void Tags_of_Dovecot_that_the_server_does_not_know_are_dropped(string cell, string value, string scheme)
    {
        var parsed = PasswordCell.Parse(cell);
        (parsed.Kind, parsed.Value, parsed.Scheme).ShouldBe((PasswordCellKind.Hash, value, scheme));
    }

    [Theory]
    [InlineData("{PLAIN}geheim", "geheim")]
    [InlineData("{Clear}geheim", "geheim")]
    [InlineData("{CLEARTEXT}{x}", "{x}")]
    public void A_password_tagged_as_plain_is_unwrapped(string cell, string password)
    {
        var parsed = PasswordCell.Parse(cell);
        (parsed.Kind, parsed.Value).ShouldBe((PasswordCellKind.ClearText, password));
    }

    [Theory]
    [InlineData("{CRAM-MD5}9186d855e11eba527a7a52ca82b313e180d62234f0acc9051b527243d41e2740")]
    [InlineData("{PLAIN-MD5}5ebe2294ecd0e0f08eab7690d2a6ee69")]
    [InlineData("{SSHA256.HEX}abcd")]
    [InlineData("{SHA512-CRYPT}broken")]
    [InlineData("{PLAIN}")]
    public void A_hash_of_another_system_is_neither_hash_nor_password(string cell) =>
        PasswordCell.Parse(cell).Kind.ShouldBe(PasswordCellKind.Unsupported);

    [Fact]
    public void A_cell_never_prints_its_secret() =>
        PasswordCell.Parse("geheim").ToString().ShouldNotContain("geheim");

    [Fact]
    public void A_recogniser_answers_at_once_whatever_it_is_given()
    {
        string hostile = "$argon2id$v=19$m=1,t=1,p=1" + string.Concat(Enumerable.Repeat(",a=A", 20_000)) + "!";
        var watch = System.Diagnostics.Stopwatch.StartNew();
        PasswordSchemes.Detect(hostile).ShouldBeNull();
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Generated_passwords_are_long_mixed_readable_and_different()
    {
        string[] passwords = [.. Enumerable.Range(0, 2000).Select(_ => PasswordGenerator.Create())];

        passwords.Distinct().Count().ShouldBe(passwords.Length);
        passwords.ShouldAllBe(password => password.Length == 20
            && password.Any(char.IsAsciiLetterLower) && password.Any(char.IsAsciiLetterUpper) && password.Any(char.IsAsciiDigit));
        string.Concat(passwords).Distinct().ShouldBe("abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", ignoreOrder: true);
        Should.Throw<ArgumentOutOfRangeException>(() => PasswordGenerator.Create(11));
    }
}
