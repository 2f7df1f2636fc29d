namespace MailAdmin.Client;

/// <summary>A column that is not read. Users are told: the header may be misspelt.</summary>
/// <param name="Header">Its header as it is in the table.</param>
/// <param name="Suggestion">The accepted header it resembles, if it may be misspelt.</param>
public sealed record UnusedColumn(string Header, string? Suggestion);
