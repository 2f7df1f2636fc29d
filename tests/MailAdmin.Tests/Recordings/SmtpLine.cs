using System.Text.Json;
using MailAdmin.Sandbox;

namespace MailAdmin.Tests.Recordings;

/// <summary>A line of a recording that is a message handed in by SMTP.</summary>
internal static class SmtpLine
{
    /// <summary>Hands it to the sandbox: nothing differs where both took it, or both refused it.</summary>
    public static IReadOnlyList<string> Play(SandboxServer server, RecordedLine line)
    {
        JsonElement smtp = line.Json.GetProperty("smtp");
        string? refused = server.Deliver(
            smtp.GetProperty("authenticatedAs").GetString(),
            smtp.GetProperty("mailFrom").GetString()!,
            [.. smtp.GetProperty("rcptTo").EnumerateArray().Select(recipient => recipient.GetString()!)],
            smtp.GetProperty("messageBase64").GetBytesFromBase64());
        string? expected = line.Response.GetProperty("answer").GetString();
        return refused is null == (expected == "accepted") ? [] : [$"{expected} became {refused ?? "accepted"}"];
    }
}
