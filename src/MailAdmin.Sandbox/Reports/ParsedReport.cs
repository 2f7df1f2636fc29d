using System.Text.Json.Nodes;

namespace MailAdmin.Sandbox.Reports;

/// <summary>A report that was parsed.</summary>
/// <param name="Kind"><c>dmarc</c>, <c>tls</c> or <c>arf</c>.</param>
/// <param name="Json">The report in the server's own format.</param>
/// <param name="SearchTexts">The texts that a search covers; names of people and organisations in lower case, the rest unchanged.</param>
internal sealed record ParsedReport(string Kind, JsonObject Json, IReadOnlyList<string> SearchTexts);
