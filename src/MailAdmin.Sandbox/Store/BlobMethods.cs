using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Access;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Mail;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Store;

/// <summary><c>Blob/get</c> and <c>Blob/upload</c> (RFC 9404).</summary>
/// <param name="reader">Reads blobs.</param>
/// <param name="uploads">Keeps them.</param>
internal sealed class BlobMethods(BlobReader reader, BlobUploads uploads)
{
    private const string Data = "data";
    private const string AsText = "data:asText";
    private const string AsBase64 = "data:asBase64";
    private const string Size = "size";
    private const string Digest = "digest:";

    private static readonly string[] s_usual = [Data, Size];
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The methods by their name.</summary>
    public IReadOnlyDictionary<string, Func<AccountCall, JsonObject>> All => new Dictionary<string, Func<AccountCall, JsonObject>> { ["Blob/get"] = Get, ["Blob/upload"] = Upload };

    private JsonObject Get(AccountCall call)
    {
        string[] ids = [.. (call.Arguments["ids"] as JsonArray ?? throw MethodException.InvalidArguments("No ids.")).Select(id => id!.GetValue<string>())];
        if (ids.Length > call.Limits.MaxGet)
        {
            throw MethodException.TooLarge();
        }

        string[] properties = call.Arguments["properties"] is JsonArray asked ? [.. asked.Select(name => name!.GetValue<string>())] : s_usual;
        int offset = ReadNumber(call.Arguments["offset"]) ?? 0;
        int? length = ReadNumber(call.Arguments["length"]);
        var list = new JsonArray();
        var missing = new JsonArray();
        foreach (string id in ids)
        {
            if (reader.Read(BlobId.TryParse(id), call.Caller) is { } content)
            {
                list.Add(Show(id, content, properties, offset, length));
            }
            else
            {
                missing.Add(id);
            }
        }

        return new JsonObject { ["accountId"] = RegistryId.Format(call.AccountId), ["list"] = list, ["notFound"] = missing };
    }

    private JsonObject Upload(AccountCall call)
    {
        var answer = new JsonObject { ["accountId"] = RegistryId.Format(call.AccountId) };
        foreach ((string creationId, JsonNode? value) in call.Arguments["create"] as JsonObject ?? throw MethodException.InvalidArguments("Nothing to upload."))
        {
            Refusals.Catch(
                () =>
                {
                    byte[] content = Join(value as JsonObject, call.Caller);
                    Member(answer, "created")[creationId] = new JsonObject
                    {
                        ["id"] = uploads.Keep(content, (uint)call.AccountId).ToString(),
                        ["type"] = value!["type"]?.DeepClone(),
                        [Size] = content.Length,
                    };
                },
                refused => Member(answer, "notCreated")[creationId] = refused.Error);
        }

        return answer;
    }

    /// <summary>The pieces one after the other.</summary>
    private byte[] Join(JsonObject? blob, ICallerRights caller)
    {
        var content = new List<byte>();
        foreach (JsonNode? piece in blob?["data"] as JsonArray ?? throw Refuse())
        {
            content.AddRange(piece switch
            {
                JsonObject text when text[AsText] is JsonValue value && value.TryGetValue(out string? read) => Encoding.UTF8.GetBytes(read),
                JsonObject bytes when bytes[AsBase64] is JsonValue value && value.TryGetValue(out string? read) => Decode(read),
                JsonObject other when other["blobId"] is JsonValue value && value.TryGetValue(out string? read) && reader.Read(BlobId.TryParse(read), caller) is { } found =>
                    Cut(found, ReadNumber(other["offset"]) ?? 0, ReadNumber(other["length"])),
                _ => throw Refuse(),
            });
        }

        return [.. content];
    }

    private static byte[] Decode(string text)
    {
        byte[] bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int count) ? bytes[..count] : throw Refuse();
    }

    private static JsonObject Show(string id, byte[] content, string[] properties, int offset, int? length)
    {
        byte[] part = Cut(content, offset, length);
        var shown = new JsonObject { ["id"] = id };
        foreach (string property in properties)
        {
            switch (property)
            {
                case AsText:
                    shown[AsText] = ReadText(part);
                    break;
                case AsBase64:
                    shown[AsBase64] = Convert.ToBase64String(part);
                    break;
                case Data when ReadText(part) is { } text:
                    shown[AsText] = text;
                    break;
                case Data:
                    shown[AsBase64] = Convert.ToBase64String(part);
                    break;
                case Size:
                    shown[Size] = content.Length;
                    break;
                case Digest + "sha-256":
                    shown[property] = Convert.ToBase64String(SHA256.HashData(part));
                    break;
                case Digest + "sha-512":
                    shown[property] = Convert.ToBase64String(SHA512.HashData(part));
                    break;
                default:
                    break;
            }
        }

        return shown;
    }

    private static byte[] Cut(byte[] content, int offset, int? length)
    {
        int start = Math.Min(offset, content.Length);
        return content[start..(int)Math.Min(content.Length, (long)start + (length ?? content.Length))];
    }

    /// <summary>The text; null for what is none.</summary>
    private static string? ReadText(byte[] content)
    {
        try
        {
            return s_strict.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static int? ReadNumber(JsonNode? value) => value switch
    {
        null => null,
        JsonValue number when number.TryGetValue(out int read) && read >= 0 => read,
        _ => throw MethodException.InvalidArguments("An argument is of the wrong kind."),
    };

    private static JsonObject Member(JsonObject answer, string name)
    {
        if (answer[name] is not JsonObject entries)
        {
            answer[name] = entries = [];
        }

        return entries;
    }

    private static SetException Refuse() => SetException.InvalidProperties("A piece that cannot be read.", Data);
}
