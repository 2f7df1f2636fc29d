using System.Text.RegularExpressions;

namespace MailAdmin.Sandbox.Principals;

/// <summary>The query of a list or a bulk deletion.</summary>
internal sealed partial record PrincipalQuery
{
    /// <summary>The types; empty for all.</summary>
    public IReadOnlyList<PrincipalType> Types { get; init; } = [];

    public string? Filter { get; init; }

    public uint? Tenant { get; init; }

    /// <summary>From 1; 0 is the first page too.</summary>
    public int Page { get; init; }

    /// <summary>0 for no limit; then the page has no effect.</summary>
    public int Limit { get; init; }

    /// <summary>Counts what matches and returns those on the page, in the order of their names.</summary>
    public (ReadOnlyMemory<Principal> Items, int Total) Run(PrincipalStore store)
    {
        ReadOnlyMemory<Principal> all = store.GetOrdered();
        string[] words = store.Dialect.FiltersByWholeWords ? SplitTokens(all) : SplitWords();
        long offset = (long)Math.Max(Page - 1, 0) * Limit;
        long end = Limit == 0 ? long.MaxValue : offset + Limit;
        if (Types.Count == 0 && words.Length == 0 && Tenant is null)
        {
            return (all[(int)Math.Min(offset, all.Length)..(int)Math.Min(end, all.Length)], all.Length);
        }

        var items = new List<Principal>();
        int total = 0;
        foreach (Principal principal in all.Span)
        {
            if (!Matches(principal, words, store.Dialect.FiltersByWholeWords))
            {
                continue;
            }

            if (total >= offset && total < end)
            {
                items.Add(principal);
            }

            total++;
        }

        return (items.ToArray(), total);
    }

    private string[] SplitWords() => (Filter ?? "").ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Sequences of letters and digits; those before the first that matches anything are ignored.</summary>
    private string[] SplitTokens(ReadOnlyMemory<Principal> all)
    {
        string[] tokens = TokenPattern().Matches(Filter ?? "").Select(match => match.Value.ToLowerInvariant()).ToArray();
        int first = Array.FindIndex(tokens, token => IsKnown(all, token));
        return tokens.Length > 0 && first < 0 ? tokens : tokens[Math.Max(first, 0)..];
    }

    private static bool IsKnown(ReadOnlyMemory<Principal> all, string token)
    {
        foreach (Principal principal in all.Span)
        {
            if (principal.ContainsWord(token))
            {
                return true;
            }
        }

        return false;
    }

    private bool Matches(Principal principal, string[] words, bool asWholeWords)
    {
        if (Types.Count > 0 && !Types.Contains(principal.Type))
        {
            return false;
        }

        if (!principal.IsVisibleTo(Tenant))
        {
            return false;
        }

        foreach (string word in words)
        {
            if (!(asWholeWords ? principal.ContainsWord(word) : principal.ContainsText(word)))
            {
                return false;
            }
        }

        return true;
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex TokenPattern();
}
