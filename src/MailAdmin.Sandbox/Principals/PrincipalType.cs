namespace MailAdmin.Sandbox.Principals;

/// <summary>The types of principals, with their indexes in a tenant's quota.</summary>
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
