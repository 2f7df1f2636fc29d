namespace MailAdmin.Sandbox.Registry;

/// <summary>How a query compares.</summary>
internal enum IndexKind
{
    Keyword,
    Words,
    Number,
    Enum,
    Boolean,
    Id,
    IpMask,
}
