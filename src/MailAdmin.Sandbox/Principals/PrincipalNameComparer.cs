namespace MailAdmin.Sandbox.Principals;

/// <summary>Orders names by their UTF-8 bytes, as the server lists them. UTF-16 would put characters beyond U+FFFF too early.</summary>
internal sealed class PrincipalNameComparer : IComparer<Principal>
{
    public static PrincipalNameComparer Instance { get; } = new();

    public int Compare(Principal? x, Principal? y) => CompareNames(x!.Name, y!.Name);

    public static int CompareNames(string x, string y)
    {
        int common = x.AsSpan().CommonPrefixLength(y);
        if (common == x.Length || common == y.Length)
        {
            return x.Length - y.Length;
        }

        return GetWeight(x[common]) - GetWeight(y[common]);
    }

    private static int GetWeight(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;
}
