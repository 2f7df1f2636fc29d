namespace MailAdmin.Sandbox.Principals;

/// <summary>The fields of a principal that bodies and queries may name.</summary>
[Flags]
internal enum PrincipalField
{
    None = 0,
    Type = 1 << 0,
    Name = 1 << 1,
    Description = 1 << 2,
    Picture = 1 << 3,
    Quota = 1 << 4,
    UsedQuota = 1 << 5,
    Secrets = 1 << 6,
    Emails = 1 << 7,
    MemberOf = 1 << 8,
    Members = 1 << 9,
    Roles = 1 << 10,
    Lists = 1 << 11,
    Tenant = 1 << 12,
    EnabledPermissions = 1 << 13,
    DisabledPermissions = 1 << 14,
    Urls = 1 << 15,
    ExternalMembers = 1 << 16,
    Locale = 1 << 17,
}
