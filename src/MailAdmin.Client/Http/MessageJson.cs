using System.Text.Encodings.Web;
using System.Text.Json;

namespace MailAdmin.Client.Http;

/// <summary>How a message is written into JSON.</summary>
internal static class MessageJson
{
    // Only what JSON requires is escaped: with every + of base64 as six bytes, a small message would exceed 1 MiB.
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
