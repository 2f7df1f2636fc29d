namespace MailAdmin.Client;

/// <summary>A column that is not read. Users are told: the header may be misspelt.</summary>
/// <param name="Header">Its header as it is in the table.</param>
/// <param name="Suggestion">The accepted header it resembles, if it may be misspelt.</param>
/// <param name="IsReadOnly">Whether it is one that a listing of this module has and nobody can change.</param>
public sealed record UnusedColumn(string Header, string? Suggestion, bool IsReadOnly)
{
    /// <summary>The header, and what may be meant.</summary>
    public override string ToString() => Suggestion is null ? $"'{Header}'" : $"'{Header}' (did you mean '{Suggestion}'?)";
}
