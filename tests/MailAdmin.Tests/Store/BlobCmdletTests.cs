// Get-MailBlob: bytes, text and files, and what is left when something breaks.
using System.Management.Automation;
using System.Net;
using System.Text;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Store;

public sealed class BlobCmdletTests : IDisposable
{
    private const string Type = "application/octet-stream";
    private static readonly byte[] s_mail = Encoding.UTF8.GetBytes("Subject: Grüße\r\n\r\nHello");
    private readonly FakeServer _server = new(_ => TestResponses.Create(HttpStatusCode.OK, s_mail, Type));
    private readonly HostedShell _shell = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin-blob-").FullName;

    public BlobCmdletTests()
    {
        _shell.Connect(_server.ConnectAsync().GetAwaiter().GetResult());
        _shell.SetVariable("folder", _folder);
    }

    public void Dispose()
    {
        _shell.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string[] Files => [.. Directory.GetFiles(_folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Bytes_come_as_one_object_and_text_as_text()
    {
        _shell.Run("Get-MailBlob abc").ShouldHaveNoErrors().Output.ShouldHaveSingleItem().BaseObject.ShouldBe(s_mail);
        _shell.Run("'abc' | Get-MailBlob -AsText").ShouldHaveNoErrors().OutputAs<string>().ShouldBe([Encoding.UTF8.GetString(s_mail)]);
        _shell.Run("Get-MailBlob 'a+b/c' -Offset 5 -Limit 1KB").ShouldHaveNoErrors();
        _server.RequestLines.ShouldBe(["GET /api/store/blobs/abc", "GET /api/store/blobs/abc", "GET /api/store/blobs/a%2Bb%2Fc?offset=5&limit=1024"]);
    }

    [Fact]
    public void Text_that_is_no_UTF8_is_read_as_Latin_1()
    {
        _server.OnRequest = _ => TestResponses.Create(HttpStatusCode.OK, [0x47, 0x72, 0xFC, 0xDF, 0x65], Type);
        _shell.Run("Get-MailBlob abc -AsText").ShouldHaveNoErrors().OutputAs<string>().ShouldBe(["Grüße"]);
    }

    [Fact]
    public void Each_input_names_its_own_file()
    {
        FileInfo[] files = _shell.Run("""
            [pscustomobject]@{ Id = 1; BlobId = 'abc' }, [pscustomobject]@{ Id = 2; Hash = 'def' } | Get-MailBlob -OutFile { "$folder/$($_.Id).eml" }
            """).ShouldHaveNoErrors().OutputAs<FileInfo>();
        files.Select(f => f.Name).ShouldBe(["1.eml", "2.eml"]);
        File.ReadAllBytes(files[1].FullName).ShouldBe(s_mail);
        _server.RequestLines.Order(StringComparer.Ordinal).ShouldBe(["GET /api/store/blobs/abc", "GET /api/store/blobs/def"]);
    }

    [Fact]
    public void Two_inputs_into_one_file_are_refused()
    {
        ScriptResult run = _shell.Run("'abc', 'def' | Get-MailBlob -OutFile $folder/one.eml -Force");
        run.OutputAs<FileInfo>().Length.ShouldBe(1);
        ErrorRecord error = run.Errors.ShouldHaveSingleItem();
        error.TargetObject.ShouldBe("def");
        _server.RequestLines.ShouldBe(["GET /api/store/blobs/abc"]);
    }

    [Fact]
    public void A_file_that_exists_is_kept_unless_forced()
    {
        File.WriteAllText(Path.Combine(_folder, "kept.eml"), "mine");
        _shell.Run("Get-MailBlob abc -OutFile $folder/kept.eml").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("FileIOError");
        File.ReadAllText(Path.Combine(_folder, "kept.eml")).ShouldBe("mine");
        _server.Requests.ShouldBeEmpty();
        _shell.Run("Get-MailBlob abc -OutFile $folder").Errors.ShouldHaveSingleItem().ToString().ShouldContain("folder");
        _shell.Run("Get-MailBlob abc -OutFile $folder/kept.eml -Force").ShouldHaveNoErrors();
        File.ReadAllBytes(Path.Combine(_folder, "kept.eml")).ShouldBe(s_mail);
    }

    [Fact]
    public void A_missing_blob_leaves_no_file()
    {
        _server.OnRequest = _ => TestResponses.Json(HttpStatusCode.OK, """{"error":"notFound","item":""}""");
        ScriptResult run = _shell.Run("Get-MailBlob abc -OutFile $folder/a.eml; Get-MailBlob abc");
        run.Errors.Count.ShouldBe(2);
        run.Errors.ShouldAllBe(e => e.FullyQualifiedErrorId.StartsWith("NotFound", StringComparison.Ordinal) && e.ToString().Contains("abc", StringComparison.Ordinal));
        Files.ShouldBeEmpty();
    }

    [Fact]
    public void A_page_of_a_proxy_is_no_blob()
    {
        _server.OnRequest = _ => TestResponses.Html();
        _shell.Run("Get-MailBlob abc -OutFile $folder/a.eml; Get-MailBlob abc").Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]).ShouldBe(["UnexpectedResponse", "UnexpectedResponse"]);
        Files.ShouldBeEmpty();
    }

    [Fact]
    public void A_connection_that_breaks_in_the_middle_leaves_no_file()
    {
        _server.OnRequest = _ => Streaming(new Broken(s_mail));
        ErrorRecord error = _shell.Run("Get-MailBlob abc -OutFile $folder/a.eml").Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("Unreachable");
        Files.ShouldBeEmpty();
    }

    [Fact]
    public void Fewer_bytes_than_announced_leave_no_file()
    {
        _server.OnRequest = _ =>
        {
            HttpResponseMessage response = Streaming(new MemoryStream(s_mail));
            response.Content.Headers.ContentLength = s_mail.Length + 10;
            return response;
        };
        _shell.Run("Get-MailBlob abc -OutFile $folder/a.eml").Errors.ShouldHaveSingleItem().ToString().ShouldContain("of 35 bytes");
        Files.ShouldBeEmpty();
    }

    [Fact]
    public void A_large_message_is_never_whole_in_memory()
    {
        long mostUnwritten = 0;
        var large = new Counting(200_000_000, read => mostUnwritten = Math.Max(mostUnwritten, read - Directory.GetFiles(_folder).Sum(file => new FileInfo(file).Length)));
        _server.OnRequest = _ => Streaming(large);
        _shell.Run("Get-MailBlob abc -OutFile $folder/large.eml").ShouldHaveNoErrors().OutputAs<FileInfo>().Single().Length.ShouldBe(200_000_000);
        mostUnwritten.ShouldBeInRange(1, 5_000_000);
    }

    private static HttpResponseMessage Streaming(Stream stream)
    {
        var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(stream) };
        response.Content.Headers.ContentType = new(Type);
        return response;
    }

    private sealed class Broken(byte[] first) : MemoryStream(first)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int read = await base.ReadAsync(buffer, cancellationToken);
            return read > 0 ? read : throw new HttpIOException(HttpRequestError.ResponseEnded);
        }

        public override bool CanSeek => false;
    }

    private sealed class Counting(long length, Action<long> onRead) : Stream
    {
        private long _read;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = (int)Math.Min(count, length - _read);
            _read += read;
            onRead(_read);
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
