namespace MailAdmin.Sandbox.Access;

/// <summary>A set of permissions, one bit each, of the 320 that five words hold.</summary>
internal readonly record struct PermissionSet(ulong First, ulong Second, ulong Third, ulong Fourth, ulong Fifth)
{
    public bool Contains(int permission) => (GetWord(permission >> 6) >> (permission & 63) & 1) != 0;

    public bool Contains(string permission) => Contains(Permissions.GetNumber(permission));

    public bool IsSubsetOf(PermissionSet other) => Except(other) == default;

    public PermissionSet With(int permission)
    {
        ulong bit = 1UL << (permission & 63);
        return (permission >> 6) switch
        {
            0 => this with { First = First | bit },
            1 => this with { Second = Second | bit },
            2 => this with { Third = Third | bit },
            3 => this with { Fourth = Fourth | bit },
            _ => this with { Fifth = Fifth | bit },
        };
    }

    public PermissionSet Union(PermissionSet other) =>
        new(First | other.First, Second | other.Second, Third | other.Third, Fourth | other.Fourth, Fifth | other.Fifth);

    public PermissionSet Except(PermissionSet other) =>
        new(First & ~other.First, Second & ~other.Second, Third & ~other.Third, Fourth & ~other.Fourth, Fifth & ~other.Fifth);

    public PermissionSet Intersect(PermissionSet other) =>
        new(First & other.First, Second & other.Second, Third & other.Third, Fourth & other.Fourth, Fifth & other.Fifth);

    private ulong GetWord(int index) => index switch { 0 => First, 1 => Second, 2 => Third, 3 => Fourth, _ => Fifth };
}
