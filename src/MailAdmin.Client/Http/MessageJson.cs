using System.Text.Encodings.Web;
using System.Text.Json;

namespace MailAdmin.Client.Http;

/// <summary>How a message is written into JSON.</summary>
internal static class MessageJson
{
    // Only what JSON itself asks for is escaped: every + of base64 as six bytes would make a message of 1 MiB out of a small one.
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
