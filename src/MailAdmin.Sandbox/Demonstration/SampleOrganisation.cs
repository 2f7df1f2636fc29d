using MailAdmin.Sandbox.Principals;

namespace MailAdmin.Sandbox.Demonstration;

/// <summary>
/// A small organisation at example.org to try commands on: people, groups, lists, roles, a meeting room, an API key. It is told once, in the words of the
/// servers up to 0.15, and each family of servers is filled from it.
/// </summary>
internal static class SampleOrganisation
{
    private const ulong Gigabyte = 1024UL * 1024 * 1024;

    /// <summary>The domain whose mail is signed.</summary>
    public const string SignedDomain = "example.org";

    /// <summary>The name of the key that it is signed with.</summary>
    public const string Selector = "202511e";

    /// <summary>Who and what belongs to it, in an order in which each names only those before it.</summary>
    public static IEnumerable<PrincipalBuilder> Principals => CreateDomains().Concat(CreateContainers()).Concat(CreatePeople()).Concat(CreateOthers());

    private static IEnumerable<PrincipalBuilder> CreateDomains() =>
    [
        new() { Type = PrincipalType.Domain, Name = "example.org", Description = "Headquarters" },
        new() { Type = PrincipalType.Domain, Name = "example.net", Description = "Product sites" },
    ];

    private static IEnumerable<PrincipalBuilder> CreateContainers() =>
    [
        new() { Type = PrincipalType.Group, Name = "staff", Description = "Everyone", Emails = ["staff@example.org"] },
        new() { Type = PrincipalType.Group, Name = "sales", Description = "Sales", Emails = ["sales@example.org"], MemberOf = ["staff"] },
        new() { Type = PrincipalType.Group, Name = "engineering", Description = "Engineering", Emails = ["engineering@example.org"], MemberOf = ["staff"] },
        new() { Type = PrincipalType.Group, Name = "office", Description = "Front office", Emails = ["office@example.org", "info@example.org"], MemberOf = ["staff"] },
        new() { Type = PrincipalType.List, Name = "news", Description = "Newsletter", Emails = ["news@example.org"], ExternalMembers = ["press@example.com", "partner@example.com"] },
        new() { Type = PrincipalType.List, Name = "alerts", Description = "Monitoring", Emails = ["alerts@example.net"] },
        new()
        {
            Type = PrincipalType.Role, Name = "helpdesk", Description = "Looks after accounts",
            EnabledPermissions = ["authenticate", "individual-list", "individual-get", "individual-update", "message-queue-list", "message-queue-get"],
        },
        new()
        {
            Type = PrincipalType.Role, Name = "auditor", Description = "Reads, changes nothing",
            EnabledPermissions = ["authenticate", "domain-list", "domain-get", "group-list", "group-get", "logs-view"],
            DisabledPermissions = ["email-send"],
        },
    ];

    private static IEnumerable<PrincipalBuilder> CreatePeople() =>
    [
        CreatePerson("jane.doe", "Jane Doe", 10, ["sales"], aliases: ["jane"], lists: ["news"]),
        CreatePerson("john.roe", "John Roe", 5, ["sales"], aliases: ["john"]),
        CreatePerson("juergen.mueller", "Jürgen Müller", 5, ["engineering"], aliases: ["jm"], lists: ["alerts"]),
        CreatePerson("zoe.lefevre", "Zoé Lefèvre", 5, ["office"], lists: ["news"]),
        CreatePerson("soren.aakjaer", "Søren Aakjær", 2, ["engineering"]),
        CreatePerson("lukasz.wojcik", "Łukasz Wójcik", 2, ["engineering"], lists: ["alerts"]),
        CreatePerson("aisha.rahman", "Aïsha Rahman", 5, ["sales"], lists: ["news"]),
        CreatePerson("nguyen.thi.hoa", "Nguyễn Thị Hoa", 2, ["office"]),
        CreatePerson("olga.petrova", "Ольга Петрова", 5, ["engineering"]),
        CreatePerson("tanaka.yuki", "田中 由紀", 5, ["sales"]),
        CreatePerson("giorgos.pappas", "Γιώργος Παππάς", 2, ["engineering"]),
        CreatePerson("maria.fernandez", "María Fernández", 5, ["office", "sales"], aliases: ["maria"]),
        CreatePerson("joao.conceicao", "João Conceição", 2, ["sales"]),
        CreatePerson("siobhan.obrien", "Siobhán O’Brien", 5, ["office"]),
        CreatePerson("bjork.gudmundsdottir", "Björk Guðmundsdóttir", 2, ["engineering"]),
        CreatePerson("ibrahim.yilmaz", "İbrahim Yılmaz", 2, ["sales"]),
        CreatePerson("dorota.zielinska", "Dorota Zielińska", 2, ["office"]),
        CreatePerson("andras.szabo", "András Szabó", 2, ["engineering"], lists: ["alerts"]),
        CreatePerson("noor.al-sayed", "نور السيد", 2, ["sales"]),
        CreatePerson("priya.sharma", "Priya Sharma", 5, ["engineering"], aliases: ["priya"]),
        CreatePerson("kim.min-jun", "김민준", 2, ["engineering"]),
        CreatePerson("emma.van-dijk", "Emma van Dijk", 5, ["office"], lists: ["news"]),
        CreatePerson("marek.novak", "Marek Novák", 2, ["sales"]),
        CreatePerson("grace.hopper", "Grace Hopper", 20, ["engineering"], roles: ["user", "helpdesk"]),
        CreatePerson("ada.lovelace", "Ada Lovelace", 20, ["engineering"], roles: ["admin"], aliases: ["postmaster"]),
    ];

    private static IEnumerable<PrincipalBuilder> CreateOthers() =>
    [
        new() { Type = PrincipalType.Location, Name = "room-aurora", Description = "Meeting room Aurora, second floor" },
        new() { Type = PrincipalType.Resource, Name = "projector", Description = "Projector of the meeting rooms" },
        new() { Type = PrincipalType.ApiKey, Name = "provisioning", Description = "Nightly import", Secrets = ["sandbox-api-key-secret"], Roles = ["admin"] },
        new() { Type = PrincipalType.OAuthClient, Name = "intranet", Description = "Intranet", Urls = ["https://intranet.example.org/callback"] },
    ];

    private static PrincipalBuilder CreatePerson(
        string name, string description, ulong gigabytes, string[] groups, string[]? roles = null, string[]? aliases = null, string[]? lists = null) => new()
        {
            Name = name,
            Description = description,
            Quota = new PrincipalValue.Number(gigabytes * Gigabyte),
            Secrets = [$"sandbox-{name}"],
            Emails = [$"{name}@example.org", .. (aliases ?? []).Select(alias => $"{alias}@example.org")],
            MemberOf = groups,
            Lists = lists ?? [],
            Roles = roles ?? ["user"],
        };
}
