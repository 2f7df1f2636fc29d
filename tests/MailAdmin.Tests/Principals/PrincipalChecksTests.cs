// What the server takes and someone would regret is refused, by the field's name, with nothing sent.
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

public sealed class PrincipalChecksTests
{
    private static readonly NewPrincipal s_good = new() { Type = PrincipalType.Individual, Name = "jane", Email = ["jane@example.org"] };

    public static TheoryData<string, NewPrincipal> Bad => new()
    {
        { "name", s_good with { Name = "" } },
        { "name", s_good with { Name = " " } },
        { "name", s_good with { Name = "jane " } },
        { "name", s_good with { Name = new string('ü', 257) } },
        { "emails", s_good with { Email = ["jane"] } },
        { "emails", s_good with { Email = ["@example.org"] } },
        { "emails", s_good with { Email = ["@example.org", "jane@example.org"] } },
        { "emails", s_good with { Email = ["jane@example.org", "@"] } },
        { "emails", s_good with { Email = ["jane@müller.example", "jane@xn--mller-kva.example"] } },
        { "emails", s_good with { Type = PrincipalType.Resource, Email = ["beamer@example.org", "@example.org"] } },
        { "externalMembers", s_good with { Type = PrincipalType.List, ExternalMember = ["@example.org"] } },
        { "emails", s_good with { Email = ["jane@"] } },
        { "emails", s_good with { Email = ["ja ne@example.org"] } },
        { "emails", s_good with { Email = ["jane@example.org", "JANE@example.org"] } },
        { "emails", s_good with { Email = [""] } },
        { "externalMembers", s_good with { Type = PrincipalType.List, ExternalMember = ["nowhere"] } },
        { "quota", s_good with { Quota = -1 } },
        { "quota", s_good with { Type = PrincipalType.Domain, Email = [], Quota = 5 } },
        { "quota", s_good with { Type = PrincipalType.List, Quota = 5 } },
        { "secrets", s_good with { Secret = [""] } },
        { "secrets", s_good with { Secret = ["x", " "] } },
        { "enabledPermissions", s_good with { EnabledPermission = ["individual-lst"] } },
        { "disabledPermissions", s_good with { DisabledPermission = ["nonsense"] } },
        { "tenant", s_good with { Tenant = "" } },
        { "name", s_good with { Name = "jane\u200B" } },
        { "emails", s_good with { Email = ["jane\u200B@example.org"] } },
        { "externalMembers", s_good with { Type = PrincipalType.List, ExternalMember = ["a\uFEFFb@example.com"] } },
        { "description", s_good with { Description = "M\uFFFDller" } },
        { "roles", s_good with { Role = ["user", ""] } },
    };

    public static TheoryData<string, PrincipalChange> BadChanges => new()
    {
        { "name", PrincipalChange.Set(PrincipalField.Name, " jane") },
        { "name", PrincipalChange.Set(PrincipalField.Name, new string('x', 513)) },
        { "name", PrincipalChange.Set(PrincipalField.Name, "ja\u00ADne") },
        { "emails", PrincipalChange.Add(PrincipalField.Emails, "jane@exam\u200Eple.org") },
        { "emails", PrincipalChange.Set(PrincipalField.Emails, ["a@x.org", "b\u2060@x.org"]) },
        { "quota", PrincipalChange.Set(PrincipalField.Quota, "5GB") },
        { "emails", PrincipalChange.Add(PrincipalField.Emails, "jane") },
        { "emails", PrincipalChange.Set(PrincipalField.Emails, ["a@x.org", "A@x.org"]) },
        { "emails", PrincipalChange.Set(PrincipalField.Emails, ["@x.org", "a@x.org"]) },
        { "externalMembers", PrincipalChange.Add(PrincipalField.ExternalMembers, "@x.org") },
        { "externalMembers", PrincipalChange.Add(PrincipalField.ExternalMembers, "x") },
        { "secrets", PrincipalChange.Add(PrincipalField.Secrets, "") },
        { "secrets", PrincipalChange.Set(PrincipalField.Secrets, "") },
        { "secrets", PrincipalChange.Set(PrincipalField.Secrets, ["x", ""]) },
        { "enabledPermissions", PrincipalChange.Add(PrincipalField.EnabledPermissions, "nonsense") },
        { "description", PrincipalChange.Set(PrincipalField.Description, new string('ü', 300)) },
    };

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public async Task A_creation_that_harms_is_refused(string field, NewPrincipal principal) =>
        await RefusedAsync(field, client => client.Principals.CreateAsync(principal, TestContext.Current.CancellationToken));

    [Fact]
    public void Names_descriptions_and_addresses_are_sent_composed_and_what_is_removed_keeps_its_form()
    {
        var created = new NewPrincipal { Type = PrincipalType.List, Name = "rene\u0301", Description = "Rene\u0301", Email = ["rene\u0301@example.org"], ExternalMember = ["e\u0301@example.com"] };
        (created.Name, created.Description, created.Email[0], created.ExternalMember[0]).ShouldBe(("rené", "René", "rené@example.org", "é@example.com"));
        PrincipalChange.Set(PrincipalField.Name, "rene\u0301").Text.ShouldBe("rené");
        PrincipalChange.Set(PrincipalField.Emails, ["rene\u0301@example.org"]).Items.ShouldBe(["rené@example.org"]);
        PrincipalChange.Add(PrincipalField.Emails, "rene\u0301@example.org").Text.ShouldBe("rené@example.org");
        PrincipalChange.Remove(PrincipalField.Emails, "rene\u0301@example.org").Text.ShouldBe("rene\u0301@example.org");
        PrincipalChange.Add(PrincipalField.Secrets, "rene\u0301").Text.ShouldBe("rene\u0301");
    }

    [Theory]
    [MemberData(nameof(BadChanges), DisableDiscoveryEnumeration = true)]
    public async Task A_change_that_harms_is_refused(string field, PrincipalChange change) =>
        await RefusedAsync(field, client => client.Principals.PatchAsync("jane", [change], TestContext.Current.CancellationToken));

    [Fact]
    public async Task A_body_that_the_server_would_drop_is_refused() =>
        await RefusedAsync(null, client => client.Principals.CreateAsync(s_good with { Url = [new string('x', 1024 * 1024)] }, TestContext.Current.CancellationToken));

    [Fact]
    public async Task An_empty_password_is_refused() =>
        await RefusedAsync("secrets", client => client.Principals.SetPasswordAsync("jane", "", [], TestContext.Current.CancellationToken));

    [Fact]
    public async Task What_removes_or_empties_passes()
    {
        var server = new FakeServer(r => r.Method == HttpMethod.Post ? TestResponses.Data("1") : TestResponses.Data("null"));
        using MailClient client = await server.ConnectAsync();
        await client.Principals.CreateAsync(s_good with { EnabledPermission = ["individual-list"], Quota = 0 }, TestContext.Current.CancellationToken);
        await client.Principals.CreateAsync(new NewPrincipal { Type = PrincipalType.Domain, Name = "example.org", Quota = 0 }, TestContext.Current.CancellationToken);
        await client.Principals.PatchAsync("jane", [
            PrincipalChange.Remove(PrincipalField.Secrets, ""),
            PrincipalChange.Remove(PrincipalField.Emails, "no address"),
            PrincipalChange.Remove(PrincipalField.EnabledPermissions, "gone-since"),
            PrincipalChange.Set(PrincipalField.Quota, ""),
            PrincipalChange.Set(PrincipalField.Tenant, ""),
            PrincipalChange.Set(PrincipalField.Emails, [])], TestContext.Current.CancellationToken);
        server.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Where_the_permissions_are_unknown_the_server_decides()
    {
        var server = new FakeServer(_ => TestResponses.Data("1"));
        server.Intercept = r => r.Target == "/api/oauth" ? TestResponses.Problem(403, "Forbidden") : null;
        using MailClient client = await server.ConnectAsync(MailAdmin.Client.MailCredential.FromApiKey("api_eDp5"));
        await client.Principals.CreateAsync(s_good with { EnabledPermission = ["nonsense"] }, TestContext.Current.CancellationToken);
        server.Requests.Count.ShouldBe(1);
    }

    private static async Task RefusedAsync(string? field, Func<MailClient, Task> act)
    {
        var server = new FakeServer();
        using MailClient client = await server.ConnectAsync();
        MailServerException e = await Should.ThrowAsync<MailServerException>(act(client));
        e.Code.ShouldBe(MailErrorCode.RejectedByClient);
        e.Field.ShouldBe(field);
        server.Requests.ShouldBeEmpty();
    }
}
