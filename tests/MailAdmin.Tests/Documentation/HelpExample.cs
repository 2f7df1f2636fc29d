namespace MailAdmin.Tests.Documentation;

/// <summary>An example: its title with its number, its code, and what is said about it.</summary>
internal sealed record HelpExample(string Title, string Code, string Remarks);
