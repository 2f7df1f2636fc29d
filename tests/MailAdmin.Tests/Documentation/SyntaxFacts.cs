namespace MailAdmin.Tests.Documentation;

/// <summary>A parameter set and its parameters, each with whether it is required.</summary>
internal sealed record SyntaxFacts(string Name, bool IsDefault, IReadOnlyList<string> Parameters)
{
    public static string Parameter(string name, bool isRequired) => isRequired ? name : $"[{name}]";

    public override string ToString() => $"{Name}{(IsDefault ? " (default)" : "")}: {string.Join(' ', Parameters.Order(StringComparer.Ordinal))}";
}
