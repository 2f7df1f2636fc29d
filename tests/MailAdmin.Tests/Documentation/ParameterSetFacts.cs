namespace MailAdmin.Tests.Documentation;

/// <summary>What a parameter is in one parameter set, or in all.</summary>
internal sealed class ParameterSetFacts
{
    public const string All = "(All)";

    public string Name { get; set; } = "";

    /// <summary>A number, or <c>Named</c>.</summary>
    public string Position { get; set; } = "";

    public bool IsRequired { get; set; }

    public bool ValueFromPipeline { get; set; }

    public bool ValueFromPipelineByPropertyName { get; set; }

    public bool ValueFromRemainingArguments { get; set; }

    public override string ToString() =>
        $"{Name} at {Position}{(IsRequired ? ", required" : "")}{(ValueFromPipeline ? ", by value" : "")}{(ValueFromPipelineByPropertyName ? ", by property name" : "")}{(ValueFromRemainingArguments ? ", the rest" : "")}";
}
