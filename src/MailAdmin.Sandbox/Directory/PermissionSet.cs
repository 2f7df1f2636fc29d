namespace MailAdmin.Sandbox.Directory;

/// <summary>A set of permissions, one bit each.</summary>
internal readonly record struct PermissionSet(ulong Low, ulong Middle, ulong High)
{
    public bool Contains(int permission) => (Word(permission >> 6) >> (permission & 63) & 1) != 0;

    public bool Contains(string permission) => Contains(Permissions.Number(permission));

    public bool IsSubsetOf(PermissionSet other) => Except(other) == default;

    public PermissionSet With(int permission)
    {
        var bit = 1UL << (permission & 63);
        return (permission >> 6) switch
        {
            0 => this with { Low = Low | bit },
            1 => this with { Middle = Middle | bit },
            _ => this with { High = High | bit },
        };
    }

    public PermissionSet Union(PermissionSet other) => new(Low | other.Low, Middle | other.Middle, High | other.High);

    public PermissionSet Except(PermissionSet other) => new(Low & ~other.Low, Middle & ~other.Middle, High & ~other.High);

    public PermissionSet Intersect(PermissionSet other) => new(Low & other.Low, Middle & other.Middle, High & other.High);

    private ulong Word(int index) => index switch { 0 => Low, 1 => Middle, _ => High };
}
