using System.Net;
using System.Text;
using System.Text.Json;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Spam;

/// <summary>Reads the body of <c>POST /api/spam-filter/classify</c>. The flags of MAIL FROM have no effect here.</summary>
internal static class ClassifyRequest
{
    public static SpamInput Read(JsonElement body) => new(
        MessageText.Parse(Encoding.UTF8.GetBytes(body.GetText("message"))),
        IPAddress.Parse(body.GetText("remoteIp")),
        (body.FindText("ehloDomain") ?? "").ToLowerInvariant(),
        body.FindText("authenticatedAs"),
        body.FindFlag("isTls") ?? false,
        body.GetText("envFrom").ToLowerInvariant(),
        Array.ConvertAll(body.GetTexts("envRcptTo"), recipient => recipient.ToLowerInvariant()));
}
