namespace MailAdmin.Sandbox.Registry;

/// <summary>Properties that together may occur once.</summary>
/// <param name="Name">What a violation names.</param>
/// <param name="Of">The properties.</param>
/// <param name="Global">Whether once over all types that have a key of this name, or once in each.</param>
internal sealed record UniqueKey(string Name, IReadOnlyList<string> Of, bool Global = false);
