namespace MailAdmin.Sandbox.Principals;

/// <summary>The kinds of principal, with the numbers that a tenant's quota counts them by.</summary>
internal enum PrincipalType
{
    Individual = 0,
    Group = 1,
    Resource = 2,
    Location = 3,
    List = 5,
    Other = 6,
    Domain = 7,
    Tenant = 8,
    Role = 9,
    ApiKey = 10,
    OAuthClient = 11,
}
