using System.Text.Json.Nodes;

namespace MailAdmin.Sandbox.Reports;

/// <summary>A report as it was read.</summary>
/// <param name="Kind">What it reports about: <c>dmarc</c>, <c>tls</c> or <c>arf</c>.</param>
/// <param name="Json">The report in the server's own form.</param>
/// <param name="SearchTexts">Where a search looks; the names of people and organisations in lower case, the rest as it came.</param>
internal sealed record ParsedReport(string Kind, JsonObject Json, IReadOnlyList<string> SearchTexts);
