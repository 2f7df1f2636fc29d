using System.Text.Json;
using MailAdmin.Sandbox;

namespace MailAdmin.Tests.Hosting;

/// <summary>An answer with its body.</summary>
internal sealed record CapturedResponse(SandboxResponse Response, string Text)
{
    public int Status => Response.Status;

    public JsonElement Json => JsonElement.Parse(Text);

    public JsonElement Data => Json.GetProperty("data");

    public string? Error => Json.TryGetProperty("error", out JsonElement error) ? error.GetString() : null;
}
