namespace MailAdmin.Sandbox.Registry;

/// <summary>A property that does not hold what it has to.</summary>
/// <param name="Kind">What is wrong: <c>Required</c>, <c>MinValue</c>…</param>
/// <param name="Property">The name alone, however deep it is.</param>
/// <param name="Required">The limit.</param>
/// <param name="Value">The value, where it is invalid.</param>
internal sealed record ValidationError(string Kind, string Property, decimal? Required = null, string? Value = null);
