using System.IO.Compression;

namespace MailAdmin.Client.Http;

/// <summary>Unpacks an answer that the transport has left compressed: not every one expects that, and the schema of a server from 0.16 on comes compressed whatever is asked for.</summary>
internal static class GzipContent
{
    private const string Encoding = "gzip";
    private const int BufferBytes = 81920;

    /// <summary>Replaces the body, which is in memory, by what it unpacks to; leaves any other as it is.</summary>
    /// <exception cref="HttpRequestException">It is larger than <paramref name="maxBytes"/>.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static async Task UnpackAsync(HttpResponseMessage response, long maxBytes, CancellationToken cancellationToken)
    {
        if (!response.Content.Headers.ContentEncoding.Contains(Encoding))
        {
            return;
        }
        Stream packed = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var unpacked = new MemoryStream();
        await using var stream = new GZipStream(packed, CompressionMode.Decompress);
        byte[] buffer = new byte[BufferBytes];
        while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and int count)
        {
            unpacked.Write(buffer, 0, count);
            if (unpacked.Length > maxBytes)
            {
                throw new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded, "The response is too large.");
            }
        }
        var content = new ByteArrayContent(unpacked.ToArray());
        content.Headers.ContentType = response.Content.Headers.ContentType;
        response.Content = content;
    }
}
