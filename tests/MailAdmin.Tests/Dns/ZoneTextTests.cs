// Zone fragments: quoting, splitting, and what BIND itself says of them.
using System.Diagnostics;
using System.Text;
using CsCheck;
using MailAdmin.Client;

namespace MailAdmin.Tests.Dns;

public sealed class ZoneTextTests
{
    [Theory]
    [InlineData("v=spf1 mx -all", "\"v=spf1 mx -all\"")]
    [InlineData("", "\"\"")]
    [InlineData("say \"hi\" \\ bye", "\"say \\\"hi\\\" \\\\ bye\"")]
    [InlineData("a\nb\tc", "\"a\\010b\\009c\"")]
    [InlineData("grüße", "\"gr\\195\\188\\195\\159e\"")]
    public void Texts_are_quoted_and_escaped(string content, string expected) => ZoneFile.FormatStrings(content).ShouldBe(expected);

    [Theory]
    [InlineData("MX", "10 mx.müller.example.", "10 mx.xn--mller-kva.example.")]
    [InlineData("SRV", "0 1 443 mail.müller.example.", "0 1 443 mail.xn--mller-kva.example.")]
    [InlineData("CNAME", "пример.рф.", "xn--e1afmkfd.xn--p1ai.")]
    [InlineData("TXT", "v=spf1 a:mail.müller.example include:müller.example -all", "\"v=spf1 a:mail.xn--mller-kva.example include:xn--mller-kva.example -all\"")]
    [InlineData("TXT", "v=DMARC1; p=none; rua=mailto:postmaster@müller.example,mailto:a@b.example", "\"v=DMARC1; p=none; rua=mailto:postmaster@xn--mller-kva.example,mailto:a@b.example\"")]
    [InlineData("TXT", "v=TLSRPTv1; rua=https://müller.example/tls", "\"v=TLSRPTv1; rua=https://xn--mller-kva.example/tls\"")]
    public void Domains_of_other_alphabets_are_ASCII_in_every_field(string type, string content, string expected) =>
        new MailDnsRecord { Domain = "d", Type = type, Name = "_dmarc.müller.example.", Content = content }.ToZoneLine().ShouldBe($"_dmarc.xn--mller-kva.example.\tIN\t{type}\t{expected}");

    [Fact]
    public void What_is_before_an_at_sign_is_no_domain() =>
        new MailDnsRecord { Domain = "d", Type = "TXT", Name = "x.", Content = "rua=mailto:post.ämter@müller.example" }.ToZoneLine().ShouldContain("post.\\195\\164mter@xn--mller-kva.example");

    [Theory]
    [InlineData(255, 1)]
    [InlineData(256, 2)]
    [InlineData(510, 2)]
    [InlineData(511, 3)]
    public void Texts_are_split_at_255_bytes(int length, int strings) => ZoneFile.FormatStrings(new string('x', length)).Split(' ').Length.ShouldBe(strings);

    [Fact]
    public void Whatever_the_text_its_strings_put_together_are_it_again() => Gen.String.Select(text => new string([.. text.Where(c => !char.IsSurrogate(c))])).Sample(text =>
    {
        (string back, int longest) = Read(ZoneFile.FormatStrings(text));
        back.ShouldBe(text);
        longest.ShouldBeLessThanOrEqualTo(255);
    });

    [Fact]
    public void Nothing_in_a_record_can_begin_a_line_of_its_own()
    {
        string line = new MailDnsRecord { Domain = "d", Type = "MX", Name = "a\nb. IN A 192.0.2.1 ;", Content = "10 evil.\n$INCLUDE /etc/passwd" }.ToZoneLine();
        line.ShouldNotContain("\n");
        line.ShouldContain("\\$INCLUDE");
    }

    [Fact]
    public void Names_of_other_alphabets_are_written_in_ASCII() =>
        new MailDnsRecord { Domain = "bücher.example", Type = "CNAME", Name = "mail.bücher.example.", Content = "mx.bücher.example." }.ToZoneLine()
            .ShouldBe("mail.xn--bcher-kva.example.\tIN\tCNAME\tmx.xn--bcher-kva.example.");

    [Fact]
    public async Task BIND_accepts_the_fragment()
    {
        const string Tool = "named-checkzone";
        Assert.SkipUnless(IsInstalled(Tool), "named-checkzone (Debian's bind9-utils) is not installed.");
        string Record(string type, string name, string content) => new MailDnsRecord { Domain = "bücher.example", Type = type, Name = name, Content = content }.ToZoneLine();
        string fragment = ZoneFile.Format("bücher.example",
        [
            Record("MX", "bücher.example.", "10 mx.bücher.example."),
            Record("CNAME", "mail.bücher.example.", "mx.bücher.example."),
            Record("TXT", "202611r._domainkey.bücher.example.", "v=DKIM1; k=rsa; h=sha256; p=" + new string('A', 392)),
            Record("TXT", "bücher.example.", "v=spf1 mx ra=postmaster -all"),
            Record("TXT", "odd.bücher.example.", "quote \" backslash \\ umlaut ü semicolon ;"),
            Record("SRV", "_submission._tcp.bücher.example.", "0 1 587 mx.bücher.example."),
            Record("SRV", "_submission._tcp.bücher.example.", "0 1 587 mx.bücher.example."),
            Record("TLSA", "_25._tcp.mx.bücher.example.", "3 1 1 0D6FCE3B9B6E9E5E6D5C3C1B1A2F3E4D5C6B7A8990A1B2C3D4E5F60718293A4B"),
        ]);
        string file = Path.Combine(Directory.CreateTempSubdirectory("mailadmin-zone-").FullName, "zone");
        try
        {
            string head = "$TTL 3600\n@ IN SOA ns hostmaster 1 7200 3600 1209600 3600\n@ IN NS ns\nns IN A 192.0.2.1\nmx IN A 192.0.2.2\n";
            await File.WriteAllTextAsync(file, head + fragment, TestContext.Current.CancellationToken);
            var start = new ProcessStartInfo(Tool, ["-D", "xn--bcher-kva.example", file]) { RedirectStandardOutput = true, RedirectStandardError = true };
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            process.ExitCode.ShouldBe(0, output + await errors);
            // As BIND read it: one record of two strings.
            output.ShouldContain(new string('A', 255 - "v=DKIM1; k=rsa; h=sha256; p=".Length) + "\" \"AAA");
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    private static bool IsInstalled(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, tool)));

    // Reads character-strings as RFC 1035 says.
    private static (string Text, int Longest) Read(string strings)
    {
        var all = new List<byte>();
        int longest = 0;
        for (int i = 0; i < strings.Length; i++)
        {
            strings[i].ShouldBe('"');
            int start = all.Count;
            for (i++; strings[i] != '"'; i++)
            {
                if (strings[i] != '\\')
                {
                    all.Add((byte)strings[i]);
                }
                else if (char.IsAsciiDigit(strings[i + 1]))
                {
                    all.Add(byte.Parse(strings.AsSpan(i + 1, 3), null));
                    i += 3;
                }
                else
                {
                    all.Add((byte)strings[++i]);
                }
            }
            longest = Math.Max(longest, all.Count - start);
            i++;
        }
        return (Encoding.UTF8.GetString([.. all]), longest);
    }
}
