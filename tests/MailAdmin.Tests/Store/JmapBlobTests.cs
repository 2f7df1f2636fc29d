// Blobs of a server from 0.16 on: downloaded whole, and a part of one is cut out here.
using System.Net;
using System.Net.Http.Headers;
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Store;

public sealed class JmapBlobTests
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;
    private readonly FakeJmapServer _server = new();
    private byte[] _content = "0123456789"u8.ToArray();

    public JmapBlobTests() => _server.Intercept = request => !request.Uri.AbsolutePath.StartsWith("/jmap/download/", StringComparison.Ordinal) ? null
        : request.Uri.AbsolutePath.Contains("gone", StringComparison.Ordinal) ? TestResponses.Problem(404, "Not Found")
        : new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(_content) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } } };

    [Theory]
    [InlineData(null, null, "0123456789")]
    [InlineData(3L, 4L, "3456")]
    [InlineData(0L, 2L, "01")]
    [InlineData(8L, null, "89")]
    [InlineData(8L, 20L, "89")]
    [InlineData(10L, null, "")]
    [InlineData(100L, 5L, "")]
    public async Task A_blob_or_a_part_of_it_is_read(long? offset, long? limit, string expected)
    {
        using MailClient client = await _server.ConnectAsync();
        System.Text.Encoding.ASCII.GetString(await client.Store.GetBlobAsync("ea0opw", offset, limit, s_cancellationToken)).ShouldBe(expected);
        using var copy = new MemoryStream();
        (await client.Store.CopyBlobAsync("ea0opw", offset, limit, copy, s_cancellationToken)).ShouldBe(expected.Length);
        System.Text.Encoding.ASCII.GetString(copy.ToArray()).ShouldBe(expected);
        _server.Server.AllRequests[^1].Target.ShouldBe("/jmap/download/d/ea0opw/blob");
    }

    [Fact]
    public async Task A_part_across_the_pieces_of_a_large_blob_is_whole()
    {
        _content = [.. Enumerable.Range(0, 300_000).Select(number => (byte)(number % 251))];
        using MailClient client = await _server.ConnectAsync();
        (await client.Store.GetBlobAsync("ea0opw", 65_530, 131_080, s_cancellationToken)).ShouldBe(_content[65_530..196_610]);
    }

    [Fact]
    public async Task One_that_is_not_there_is_not_found()
    {
        using MailClient client = await _server.ConnectAsync();
        (await Should.ThrowAsync<MailServerException>(() => client.Store.GetBlobAsync("gone", null, null, s_cancellationToken))).Code.ShouldBe(MailErrorCode.NotFound);
        (await Should.ThrowAsync<MailServerException>(() => client.Store.CopyBlobAsync("gone", 1, 2, Stream.Null, s_cancellationToken))).Code.ShouldBe(MailErrorCode.NotFound);
    }
}
