using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Sandbox;

/// <summary>The sample organisation is one, whichever family of servers shows it.</summary>
public sealed class SampleOrganisationFamilyTests
{
    /// <summary>The key of the API in the sample organisation from 0.16 on: it tells account and key, and is the same every time.</summary>
    private const string ApiKey = "API_AAAAHgAAAAH9l-no52FulmffNUDKTECd1gkzvw";

    // What there is before anybody adds anything, and what is not there from 0.16 on, or belongs to an account.
    private static readonly string[] s_ofFirstStart = ["admin@example.org", "User", "Group", "Tenant Administrator", "System Administrator"];
    private static readonly string[] s_ofRestAlone = ["ApiKey", "Location", "Resource"];

    [Fact]
    public async Task Both_families_show_the_same_organisation()
    {
        List<MailPrincipal> rest = await ListAsync("0.15");
        List<MailPrincipal> jmap = await ListAsync("0.16");

        s_ofFirstStart.ShouldBeSubsetOf(jmap.Select(principal => principal.Name));
        string[] shown = [.. jmap.Where(principal => !s_ofFirstStart.Contains(principal.Name) && !s_ofRestAlone.Contains(principal.Type)).Select(principal => Describe(principal, jmap)).Order(StringComparer.Ordinal)];
        shown.ShouldBe(rest.Where(principal => !s_ofRestAlone.Contains(principal.Type)).Select(principal => Describe(principal, rest)).Order(StringComparer.Ordinal));
        shown.Length.ShouldBe(36);
        jmap.Single(principal => principal.Type == "ApiKey").Name.ShouldBe("ada.lovelace@example.org/provisioning");
        shown.ShouldContain("Individual maria.fernandez@example.org 'María Fernández' 5368709120 emails: maria.fernandez@example.org maria@example.org groups: office@example.org sales@example.org staff@example.org lists:  roles: user elsewhere:  urls: ");
    }

    [Theory]
    [InlineData("0.11")]
    [InlineData("0.15")]
    [InlineData("0.16")]
    public async Task People_have_the_same_passwords_and_rights(string version)
    {
        SandboxServer server = CreateServer(version);
        var everybody = new PrincipalQuery { Types = [PrincipalType.Individual] };

        using MailClient jane = await server.ConnectAsync(MailCredential.FromPassword("jane.doe", "sandbox-jane.doe"));
        (await Should.ThrowAsync<MailServerException>(() => ListAsync(jane, everybody))).Code.ShouldBe(MailErrorCode.Forbidden);

        using MailClient helpDesk = await server.ConnectAsync(MailCredential.FromPassword("grace.hopper", "sandbox-grace.hopper"));
        (await ListAsync(helpDesk, everybody)).Count.ShouldBeGreaterThanOrEqualTo(25);
        await helpDesk.Principals.PatchAsync("jane.doe", [PrincipalChange.Set(PrincipalField.Description, "Jane")], TestContext.Current.CancellationToken);
        (await Should.ThrowAsync<MailServerException>(() => helpDesk.Principals.DeleteAsync("jane.doe", TestContext.Current.CancellationToken))).Code.ShouldBe(MailErrorCode.Forbidden);

        using MailClient administrator = await server.ConnectAsync(MailCredential.FromPassword("ada.lovelace", "sandbox-ada.lovelace"));
        await administrator.Principals.DeleteAsync("jane.doe", TestContext.Current.CancellationToken);
        (await Should.ThrowAsync<MailServerException>(() => server.ConnectAsync(MailCredential.FromPassword("ada.lovelace", "sandbox-jane.doe")))).Code.ShouldBe(MailErrorCode.Unauthorized);
    }

    [Fact]
    public async Task The_key_of_the_API_is_the_administrator_s_from_0_16_on()
    {
        SandboxServer server = CreateServer("0.16");
        using MailClient client = await server.ConnectAsync(MailCredential.FromApiKey(ApiKey));
        (await client.Principals.GetAsync("ada.lovelace", TestContext.Current.CancellationToken)).Role.ShouldBe(["admin"]);
        client.Server!.HasPermission("sysAccountDestroy").ShouldBeTrue();
    }

    [Theory]
    [InlineData("jane.doe@example.org", true)]
    [InlineData("news@example.org", true)]
    [InlineData("alerts@example.net", true)]
    [InlineData("nobody@example.org", false)]
    [InlineData("somebody@customers.example", true)]
    [InlineData("somebody@leavers.example", false)]
    public async Task The_domains_around_it_are_there_from_0_16_on(string address, bool takesMail)
    {
        using var client = new HttpClient(CreateServer("0.16").CreateHandler()) { BaseAddress = new Uri("https://mx.example.org") };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", SandboxServerExtensions.AdminAuthorization);
        await using EventStreamReader stream = await EventStreamReader.OpenAsync(client, $"/api/live/delivery/{address}");
        string[] stages = [.. (await stream.ReadToEndAsync()).SelectMany(sent => sent.Data.EnumerateArray()).Select(stage => stage.GetProperty("type").GetString()!)];
        stages.ShouldContain(takesMail ? "rcptToSuccess" : "rcptToError");
    }

    // On 0.16 the fallback administrator is no account, and has none of what an account has.
    [Fact]
    public async Task Who_is_signed_in_to_the_demonstration_is_an_account_that_may_do_everything()
    {
        using var shell = new HostedShell();
        ScriptResult result = shell.Run("""
            Connect-MailServer -Sandbox -ServerVersion 0.16
            $null = New-MailAppPassword phone
            $null = New-MailPrincipal admin@example.org/task -Type ApiKey
            "$((Get-MailAccountAuth).AppPassword.Name) $((Get-MailAccountCrypto).Type) $((Get-MailConnection).UserName)"
            (Get-MailConnection).Permission
            """).ShouldHaveNoErrors();
        string[] said = [.. result.OutputAs<string>()];
        said[0].ShouldBe("phone Disabled admin@example.org");
        using MailClient fallback = await CreateServer("0.16").ConnectAsync();
        fallback.Server!.Permissions.Except(said[1..]).ShouldBeEmpty();
        said[1..].Except(fallback.Server.Permissions).ShouldContain("sysAppPasswordCreate");
    }

    private static SandboxServer CreateServer(string version) => new(new SandboxOptions { ServerVersion = version });

    private static async Task<List<MailPrincipal>> ListAsync(string version)
    {
        using MailClient client = await CreateServer(version).ConnectAsync();
        return await ListAsync(client, new PrincipalQuery());
    }

    private static async Task<List<MailPrincipal>> ListAsync(MailClient client, PrincipalQuery query) =>
        await client.Principals.ListAsync(query, null, TestContext.Current.CancellationToken).ToListAsync();

    // By addresses, since names are not the same; with the groups above a group, in which people from 0.16 on are themselves.
    private static string Describe(MailPrincipal principal, List<MailPrincipal> all)
    {
        string lists = Join(principal.List?.Select(GetAddress));
        string groups = principal.Type == "Group" ? "" : Join(GetGroups(principal));
        // From 0.16 on a role has nothing beside its name.
        string? description = principal.Type == "Role" ? "" : principal.Description;
        return $"{principal.Type} {principal.PrimaryEmail ?? principal.Name} '{description}' {principal.Quota ?? 0} emails: {string.Join(' ', principal.Email ?? StringList.Empty)} groups: {groups} lists: {lists} roles: {Join(principal.Role)} elsewhere: {Join(principal.ExternalMember)} urls: {Join(principal.Url)}";

        IEnumerable<string> GetGroups(MailPrincipal member) => (member.MemberOf ?? StringList.Empty).Select(GetPrincipal).SelectMany(group => GetGroups(group).Append(group.PrimaryEmail!)).Distinct();

        MailPrincipal GetPrincipal(string name) => all.Single(other => other.Name == name);

        string GetAddress(string name) => GetPrincipal(name).PrimaryEmail!;
    }

    private static string Join(IEnumerable<string>? items) => string.Join(' ', (items ?? []).Order(StringComparer.Ordinal));
}
