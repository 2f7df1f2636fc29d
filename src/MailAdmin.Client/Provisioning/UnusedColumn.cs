// A column that is not read: said aloud, since a misspelt header would otherwise lose its column in silence.
namespace MailAdmin.Client;

/// <summary>A column that is not read.</summary>
/// <param name="Header">Its header as the file has it.</param>
/// <param name="Suggestion">The accepted header it resembles, if it may be misspelt.</param>
public sealed record UnusedColumn(string Header, string? Suggestion);
