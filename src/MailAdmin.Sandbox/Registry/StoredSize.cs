using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace MailAdmin.Sandbox.Registry;

/// <summary>How large an object may be as it is stored, compressed.</summary>
internal static class StoredSize
{
    private const int MaxBytes = 200_000;

    /// <exception cref="StoreException">It is larger.</exception>
    public static void Check(JsonObject value)
    {
        byte[] json = Encoding.UTF8.GetBytes(value.ToJsonString());
        if (json.Length <= MaxBytes)
        {
            return;
        }

        using var compressed = new MemoryStream();
        using (var stream = new DeflateStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(json);
        }

        if (compressed.Length > MaxBytes)
        {
            throw StoreException.Invalid([new ValidationError("Invalid", "id", Value: $"{compressed.Length} bytes")]);
        }
    }
}
