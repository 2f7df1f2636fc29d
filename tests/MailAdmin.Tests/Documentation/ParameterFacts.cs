namespace MailAdmin.Tests.Documentation;

/// <summary>What a page says of a parameter beside its text, by the names that its YAML has.</summary>
internal sealed class ParameterFacts
{
    public string Type { get; set; } = "";

    public string DefaultValue { get; set; } = "";

    public bool SupportsWildcards { get; set; }

    public List<string> Aliases { get; set; } = [];

    public List<string> AcceptedValues { get; set; } = [];

    public List<ParameterSetFacts> ParameterSets { get; set; } = [];

    /// <summary>All of it in one line, so that two can be compared and the difference is seen.</summary>
    public override string ToString() =>
        $"{Type}{(SupportsWildcards ? " with wildcards" : "")}; aliases {string.Join(", ", Aliases.Order(StringComparer.Ordinal))}; values {string.Join(", ", AcceptedValues)}; default {DefaultValue}; "
        + string.Join("; ", ParameterSets.Select(set => set.ToString()).Order(StringComparer.Ordinal));
}
