using System.Globalization;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Reports;

/// <summary>A report that is being collected for another domain and sent when its period ends. Times are seconds since 1970.</summary>
internal sealed class OutgoingReport
{
    /// <summary><c>d</c> for DMARC, <c>t</c> for TLS.</summary>
    public required char Kind { get; init; }

    public required string Domain { get; init; }

    /// <summary>Reports on one domain under different policies are different reports.</summary>
    public required ulong PolicyHash { get; init; }

    public required long BeginsAt { get; init; }

    /// <summary>When its period ends.</summary>
    public required long DueAt { get; init; }

    /// <summary>Its number (0.16).</summary>
    public required ulong Number { get; init; }

    /// <summary>When it is sent; it can be put off (0.16).</summary>
    public required long DeliverAt { get; set; }

    /// <summary>The recipients, in the server's format.</summary>
    public required JsonArray Recipients { get; init; }

    /// <summary>The report up to now.</summary>
    public required Func<JsonObject> GetContent { get; init; }

    /// <summary>The failures counted so far, for DMARC.</summary>
    public Dictionary<FailedMail, uint> Counts { get; } = [];

    public string Id => string.Create(CultureInfo.InvariantCulture, $"{Kind}!{Domain}!{PolicyHash}!{BeginsAt}!{DueAt}");

    public JsonObject ToJson() => new()
    {
        ["type"] = Kind == 'd' ? "dmarc" : "tls",
        ["id"] = Id,
        ["domain"] = Domain,
        ["range_from"] = Timestamp.Format(BeginsAt),
        ["range_to"] = Timestamp.Format(DueAt),
        ["report"] = GetContent(),
        ["rua"] = Recipients.DeepClone(),
    };
}
