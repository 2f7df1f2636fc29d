// What programs write around a message is left out, what is compressed is read, and what is another format is named with the line that converts it.
using System.IO.Compression;
using System.Management.Automation;
using System.Text;
using MailAdmin.PowerShell.Cmdlets.Spam;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Spam;

public sealed class MessageFileFormatTests : IDisposable
{
    private const string Mail = "From: ann@sender.test\r\nTo: jane@example.org\r\nSubject: x\r\nMessage-ID: <x@sender.test>\r\n\r\n\r\nHello  \r\n";
    private const string Mbox = $"From ann@sender.test Mon Jan  1 10:00:00 2024\n{Mail}\nFrom ann@sender.test Mon Jan  1 10:00:00 2024\n{Mail}";

    private readonly FakeServer _server = new(request => TestResponses.Data(request.Target.EndsWith("classify", StringComparison.Ordinal) ? """{"score":6.5,"tags":{},"disposition":{"action":"allow","value":""}}""" : "null"));
    private readonly HostedShell _shell = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin-formats-").FullName;

    public MessageFileFormatTests()
    {
        _server.Permissions += ",spam-filter-train";
        _shell.Connect(_server.ConnectAsync().GetAwaiter().GetResult());
        _shell.SetVariable("folder", _folder);
    }

    /// <summary>Each with the message in it, whatever the file is called.</summary>
    public static TheoryData<string, byte[]> Readable => new()
    {
        { "mark", [0xEF, 0xBB, 0xBF, .. Bytes(Mail)] },
        { "blank line", Bytes("\r\n" + Mail) },
        { "blank lines", Bytes("\n\n" + Mail) },
        { "mark and blank line", [0xEF, 0xBB, 0xBF, .. Bytes("\r\n" + Mail)] },
        { "emlx", Bytes($"{Mail.Length}      \n{Mail}<?xml version=\"1.0\"?><plist version=\"1.0\"><dict/></plist>\n") },
        { "emlx with CRLF", Bytes($"{Mail.Length}\r\n{Mail}<?xml version=\"1.0\"?>") },
        { "gzip", Gzip(Bytes(Mail)) },
        { "emlx in gzip", Gzip(Bytes($"{Mail.Length}\n{Mail}<?xml")) },
    };

    /// <summary>Each with the words that name it and the line to type.</summary>
    public static TheoryData<string, byte[], string> Foreign => new()
    {
        { "UTF-16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Mail)], "-Raw -Encoding Unicode | Set-Content" },
        { "UTF-16", Encoding.Unicode.GetBytes(Mail), "-Raw -Encoding Unicode | Set-Content" },
        { "UTF-16", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Mail)], "-Encoding BigEndianUnicode" },
        { "UTF-16", Gzip([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Mail)]), "-Encoding Unicode" },
        { "Outlook message (.msg)", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[2 << 20]], "msgconvert '" },
        { "Outlook data file (.pst or .ost)", [.. "!BDN"u8, .. new byte[2 << 20]], "readpst -e -o messages '" },
        { "zip archive", [.. "PK"u8, 3, 4, .. new byte[100]], "Expand-Archive '" },
        { "bzip2", [.. "BZh9"u8, 0x31, 0x41], "bunzip2 -k '" },
        { "xz", [0xFD, .. "7zXZ"u8, 0, 0], "xz -dk '" },
        { "Zstandard", [0x28, 0xB5, 0x2F, 0xFD, 0], "zstd -dk '" },
        { "tar archive", [.. new byte[257], .. "ustar"u8, .. new byte[250]], "tar -xf '" },
        { "tar archive", Gzip([.. new byte[257], .. "ustar"u8, .. new byte[250]]), "tar -xf '" },
        { "gzip", Gzip(Gzip(Bytes(Mail))), "gzip -dk '" },
        { "CR alone", Bytes(Mail.Replace("\r\n", "\r", StringComparison.Ordinal).Replace('\n', '\r')), "-replace \"`r\", \"`n\" | Set-Content lf.eml" },
        { ".emlx (Apple Mail) that is not complete", Bytes($"{Mail.Length + 100}\n{Mail}"), "Save As" },
    };

    public void Dispose()
    {
        _shell.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Readable))]
    public void The_message_alone_is_sent(string kind, byte[] content)
    {
        Write("mail.eml", content);
        MailSpamTrainingResult result = _shell.Run("Invoke-MailSpamTraining \"$folder/mail.eml\" -Class Spam").ShouldHaveNoErrors().OutputAs<MailSpamTrainingResult>().Single();
        (result.Subject, result.MessageId, result.Size).ShouldBe(("x", "x@sender.test", Mail.Length), kind);
        _server.Requests[^1].Body.ShouldBe(Mail);
        _shell.Run("Test-MailSpam \"$folder/mail.eml\" -RemoteIp 192.0.2.1").ShouldHaveNoErrors().Output.Count.ShouldBe(1);
        _server.Requests[^1].Body.ShouldContain("ann@sender.test");
    }

    [Theory]
    [InlineData("\uFEFF" + Mail)]
    [InlineData("\r\n" + Mail)]
    public void A_message_as_text_is_treated_alike(string text)
    {
        _shell.SetVariable("text", text);
        _shell.Run("Test-MailSpam -Message $text -RemoteIp 192.0.2.1; Invoke-MailSpamTraining -Message $text -Class Ham").ShouldHaveNoErrors();
        _server.Requests[^1].Body.ShouldBe(Mail);
    }

    [Theory]
    [MemberData(nameof(Foreign))]
    public void Another_format_is_named_with_the_line_that_converts_it(string name, byte[] content, string line)
    {
        string path = Write("it's mail.eml", content);
        int before = _server.Requests.Count;
        foreach (string command in new[] { "Invoke-MailSpamTraining -Path \"$folder/it's mail.eml\" -Class Spam", "Test-MailSpam \"$folder/it's mail.eml\" -RemoteIp 192.0.2.1", "Test-MailDmarc \"$folder/it's mail.eml\"" })
        {
            ErrorRecord error = _shell.Run(command).Errors.ShouldHaveSingleItem();
            error.FullyQualifiedErrorId.ShouldStartWith("MessageFormatNotSupported");
            error.ToString().ShouldStartWith($"'{path}' is not a mail message: it is ");
            error.ToString().ShouldContain(name);
            error.ToString().ShouldContain(line);
        }
        _server.Requests.Count.ShouldBe(before);
    }

    [Fact]
    public void Bytes_of_another_format_are_named_too()
    {
        _shell.SetVariable("bytes", Gzip(Bytes(Mail)));
        _shell.Run("Test-MailSpam -Message $bytes -RemoteIp 192.0.2.1").Errors.ShouldHaveSingleItem().ToString().ShouldContain("compressed with gzip. Specify it as a file with -Path");
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Format Mbox")]
    public void The_messages_of_an_mbox_are_read_from_gzip_and_after_blank_lines(string format)
    {
        Write("one", Gzip(Bytes(Mbox)));
        Write("two", Bytes("\n" + Mbox));
        MailSpamTrainingResult[] results = _shell.Run($"Invoke-MailSpamTraining \"$folder/one\", \"$folder/two\" -Class Spam {format}").ShouldHaveNoErrors().OutputAs<MailSpamTrainingResult>();
        results.Select(result => (result.Number, result.Subject)).ShouldBe([(1, "x"), (2, "x"), (1, "x"), (2, "x")]);
        _server.Requests.ShouldAllBe(request => request.Body == Mail);
    }

    [Fact]
    public void A_small_file_that_decompresses_to_a_large_one_is_too_large_and_a_damaged_one_an_error()
    {
        Write("bomb.eml.gz", Gzip([.. Bytes(Mail), .. new byte[64 << 20]]));
        Write("cut.eml.gz", Gzip(Bytes(Mail))[..^20]);
        byte[] damaged = Gzip(Bytes(Mail));
        damaged[^6] ^= 1;
        Write("damaged.eml.gz", damaged);
        ScriptResult run = _shell.Run("Invoke-MailSpamTraining $folder -Class Spam");
        run.Errors.Count.ShouldBe(3);
        run.Errors[0].ToString().ShouldContain("bomb.eml.gz' has a size of 64 MB");
        run.Errors[1].ToString().ShouldContain("cut.eml.gz': It is compressed with gzip, and not complete");
        run.Errors[2].ToString().ShouldContain("damaged.eml.gz");
        _server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void A_folder_has_its_emlx_and_compressed_messages()
    {
        Write("1.emlx", Bytes($"{Mail.Length}\n{Mail}<?xml"));
        Write("2.eml.gz", Gzip(Bytes(Mail)));
        Write("3.txt", Bytes(Mail));
        ScriptResult run = _shell.Run("Invoke-MailSpamTraining $folder -Class Spam").ShouldHaveNoErrors();
        run.OutputAs<MailSpamTrainingResult>().Select(result => Path.GetFileName(result.Path)).ShouldBe(["1.emlx", "2.eml.gz"]);
        run.Warnings.ShouldHaveSingleItem().Message.ShouldStartWith($"1 file of '{_folder}' left out, such as '3.txt': ");
    }

    private string Write(string name, byte[] content)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    private static byte[] Gzip(byte[] content)
    {
        var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }
        return stream.ToArray();
    }
}
