using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

/// <summary>The principals of a server from 0.16 on, over JMAP.</summary>
public sealed class JmapDirectoryTests : IAsyncLifetime
{
    private const string Password = "walks along a made-up road";
    private readonly SandboxServer _server = new(new SandboxOptions { Empty = true, ServerVersion = "0.16" });
    private MailClient _client = null!;

    private PrincipalResource Principals => _client.Principals;

    // The server begins with the domain example.org and its administrator.
    public async ValueTask InitializeAsync() => _client = await _server.ConnectAsync();

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_account_is_read_as_it_was_created()
    {
        await CreateAsync(PrincipalType.Role, "Help desk", principal => principal with { EnabledPermission = ["sysAccountGet"] });
        await CreateAsync(PrincipalType.Group, "staff@example.org");
        await CreateAsync(PrincipalType.Individual, "jane", principal => principal with
        {
            Email = ["jane@example.org", "jane.doe@example.org"],
            Description = "Jane Doe",
            Quota = 1L << 30,
            MemberOf = ["staff"],
            Role = ["user", "help desk"],
            DisabledPermission = ["emailSend"],
            Locale = "de_DE",
            Secret = [Password],
        });

        MailPrincipal jane = await Principals.GetAsync("jane", TestContext.Current.CancellationToken);

        jane.Type.ShouldBe("Individual");
        jane.Name.ShouldBe("jane@example.org");
        jane.Email.ShouldBe(["jane@example.org", "jane.doe@example.org"]);
        jane.Description.ShouldBe("Jane Doe");
        jane.Quota.ShouldBe(1L << 30);
        jane.UsedBytes.ShouldBe(0);
        jane.MemberOf.ShouldBe(["staff@example.org"]);
        jane.Role.ShouldBe(["user", "Help desk"], ignoreOrder: true);
        jane.DisabledPermission.ShouldBe(["emailSend"]);
        jane.EnabledPermission.ShouldBe([]);
        jane.Enabled.ShouldBe(true);
        jane.Locale.ShouldBe("de_DE");
        jane.PasswordCount.ShouldBe(1);
        jane.PasswordScheme.ShouldBeNull();
        jane.OtpEnabled.ShouldBe(false);
        jane.List.ShouldBe([]);
        jane.Url.ShouldBe([]);
    }

    [Theory]
    [InlineData("jane@example.org")]
    [InlineData("JANE@Example.ORG")]
    [InlineData("jane")]
    [InlineData("jane.doe@example.org")]
    public async Task An_account_is_found_by_each_of_its_names(string identity)
    {
        await CreateAsync(PrincipalType.Individual, "jane@example.org", principal => principal with { Email = ["jane@example.org", "jane.doe@example.org"], Role = ["user"] });
        (await Principals.FindAsync(identity, TestContext.Current.CancellationToken)).ShouldNotBeNull().Name.ShouldBe("jane@example.org");
    }

    [Fact]
    public async Task A_name_without_a_domain_that_two_have_is_refused_with_both()
    {
        await CreateAsync(PrincipalType.Domain, "example.net");
        await CreateAsync(PrincipalType.Individual, "jane@example.org");
        await CreateAsync(PrincipalType.List, "jane@example.net");
        MailServerException error = await Should.ThrowAsync<MailServerException>(() => Principals.GetAsync("jane", TestContext.Current.CancellationToken));
        error.Code.ShouldBe(MailErrorCode.RejectedByClient);
        error.Message.ShouldMatch(@"'jane@example\.org' \(Individual, id \w+\), 'jane@example\.net' \(List, id \w+\)");
    }

    [Fact]
    public async Task Every_type_is_listed_with_its_own_fields()
    {
        await CreateAsync(PrincipalType.Individual, "jane@example.org", principal => principal with { Role = ["user"] });
        await CreateAsync(PrincipalType.Group, "staff@example.org");
        await CreateAsync(PrincipalType.List, "news@example.org", principal => principal with { Member = ["jane@example.org"], ExternalMember = ["out@example.com"] });
        await CreateAsync(PrincipalType.Role, "Help desk", principal => principal with { EnabledPermission = ["authenticate"] });
        await CreateAsync(PrincipalType.Tenant, "acme", principal => principal with { Quota = 1_000_000 });
        await CreateAsync(PrincipalType.OauthClient, "webmail", principal => principal with { Url = ["https://mail.example.org/cb"], Description = "Webmail" });

        List<MailPrincipal> listed = await ListAsync(new PrincipalQuery());

        listed.Select(principal => (principal.Type, principal.Name)).ShouldBeSubsetOf(
        [
            ("Individual", "admin@example.org"), ("Individual", "jane@example.org"), ("Group", "staff@example.org"), ("List", "news@example.org"), ("Domain", "example.org"), ("Role", "User"), ("Role", "Group"),
            ("Role", "Tenant Administrator"), ("Role", "System Administrator"), ("Role", "Help desk"), ("Tenant", "acme"), ("OauthClient", "webmail"),
        ]);
        listed.Count.ShouldBe(12);
        MailPrincipal news = listed.Single(principal => principal.Type == "List");
        news.Member.ShouldBe(["jane@example.org"]);
        news.ExternalMember.ShouldBe(["out@example.com"]);
        news.MemberCount.ShouldBe(1);
        listed.Single(principal => principal.Name == "jane@example.org").List.ShouldBe(["news@example.org"]);
        listed.Single(principal => principal.Name == "Help desk").EnabledPermission.ShouldBe(["authenticate"]);
        listed.Single(principal => principal.Name == "acme").Quota.ShouldBe(1_000_000);
        listed.Single(principal => principal.Name == "webmail").Url.ShouldBe(["https://mail.example.org/cb"]);
    }

    [Fact]
    public async Task A_list_is_cut_filtered_and_counted()
    {
        for (int i = 0; i < 12; i++)
        {
            await CreateAsync(PrincipalType.Individual, $"page{i:00}@example.org", principal => principal with { Description = i % 2 == 0 ? "Even" : "Odd", Role = ["user"] });
        }
        (await ListAsync(new PrincipalQuery { Types = [PrincipalType.Individual], Skip = 4, First = 2 })).Select(principal => principal.Name).ShouldBe(["page03@example.org", "page04@example.org"]);
        (await ListAsync(new PrincipalQuery { Types = [PrincipalType.Individual], Filter = "eve age0" })).Count.ShouldBe(5);
        (await Principals.CountAsync(new PrincipalQuery { Types = [PrincipalType.Individual] }, TestContext.Current.CancellationToken)).ShouldBe(13);
        (await Principals.CountAsync(new PrincipalQuery { Filter = "odd" }, TestContext.Current.CancellationToken)).ShouldBe(6);
        (await ListAsync(new PrincipalQuery { Types = [PrincipalType.Group] })).ShouldBeEmpty();
    }

    [Fact]
    public async Task Changes_are_made_and_nothing_else_is()
    {
        await CreateAsync(PrincipalType.Domain, "example.net");
        await CreateAsync(PrincipalType.Group, "staff@example.org");
        await CreateAsync(PrincipalType.List, "news@example.org");
        await CreateAsync(PrincipalType.Individual, "jane@example.org", principal => principal with { Email = ["jane@example.org", "a@example.org", "b@example.org"], Role = ["user"], Quota = 5, Secret = [Password] });

        await PatchAsync("jane@example.org",
            PrincipalChange.Set(PrincipalField.Description, "Jane"),
            PrincipalChange.Set(PrincipalField.Quota, 7),
            PrincipalChange.Remove(PrincipalField.Emails, "a@example.org"),
            PrincipalChange.Add(PrincipalField.Emails, "c@example.net"),
            PrincipalChange.Add(PrincipalField.MemberOf, "staff@example.org"),
            PrincipalChange.Add(PrincipalField.Lists, "news@example.org"),
            PrincipalChange.Add(PrincipalField.DisabledPermissions, "authenticate"));

        MailPrincipal jane = await Principals.GetAsync("jane@example.org", TestContext.Current.CancellationToken);
        jane.Description.ShouldBe("Jane");
        jane.Quota.ShouldBe(7);
        jane.Email.ShouldBe(["jane@example.org", "b@example.org", "c@example.net"]);
        jane.MemberOf.ShouldBe(["staff@example.org"]);
        jane.List.ShouldBe(["news@example.org"]);
        jane.Enabled.ShouldBe(false);
        jane.Role.ShouldBe(["user"]);
        jane.PasswordCount.ShouldBe(1);
        (await Principals.GetAsync("staff@example.org", TestContext.Current.CancellationToken)).Member.ShouldBe(["jane@example.org"]);

        await PatchAsync("jane@example.org",
            PrincipalChange.Set(PrincipalField.Description, ""),
            PrincipalChange.Set(PrincipalField.Quota, 0),
            PrincipalChange.Remove(PrincipalField.MemberOf, "staff@example.org"),
            PrincipalChange.Remove(PrincipalField.Lists, "news@example.org"),
            PrincipalChange.Remove(PrincipalField.DisabledPermissions, "authenticate"));

        jane = await Principals.GetAsync("jane@example.org", TestContext.Current.CancellationToken);
        (jane.Description, jane.Quota, jane.Enabled).ShouldBe((null, 0, true));
        jane.MemberOf.ShouldBe([]);
        jane.List.ShouldBe([]);
    }

    [Fact]
    public async Task What_is_as_it_should_be_sends_no_write()
    {
        await CreateAsync(PrincipalType.Individual, "jane@example.org", principal => principal with { Role = ["user"], Description = "Jane" });
        int before = _server.RequestLog.Count;
        await PatchAsync("jane@example.org", PrincipalChange.Set(PrincipalField.Description, "Jane"), PrincipalChange.Add(PrincipalField.Emails, "jane@example.org"), PrincipalChange.Remove(PrincipalField.Emails, "nobody@example.org"));
        // The one request reads.
        (_server.RequestLog.Count - before).ShouldBe(1);
    }

    [Fact]
    public async Task A_renamed_account_keeps_its_id_and_loses_the_old_name()
    {
        await CreateAsync(PrincipalType.Domain, "example.net");
        await CreateAsync(PrincipalType.Individual, "jane@example.org", principal => principal with { Role = ["user"] });
        uint id = (await Principals.GetAsync("jane", TestContext.Current.CancellationToken)).Id;
        await PatchAsync("jane@example.org", PrincipalChange.Set(PrincipalField.Name, "jane.roe@example.net"));
        (await Principals.GetAsync("jane.roe@example.net", TestContext.Current.CancellationToken)).Id.ShouldBe(id);
        (await Principals.FindAsync("jane@example.org", TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    [Fact]
    public async Task A_new_password_is_the_only_one_and_takes_no_key_away()
    {
        await CreateAsync(PrincipalType.Individual, "jane@example.org", principal => principal with { Role = ["user"], Secret = [Password] });
        await Principals.SetPasswordAsync("jane@example.org", "another made-up road to walk", [], TestContext.Current.CancellationToken);
        using MailClient jane = await _server.ConnectAsync(MailAdmin.Client.MailCredential.FromPassword("jane@example.org", "another made-up road to walk"));
        await Should.ThrowAsync<MailServerException>(() => _server.ConnectAsync(MailAdmin.Client.MailCredential.FromPassword("jane@example.org", Password)));
    }

    [Fact]
    public async Task What_others_need_is_not_deleted_and_the_error_names_them()
    {
        await CreateAsync(PrincipalType.Individual, "jane@example.org", principal => principal with { Role = ["user"] });
        MailServerException error = await Should.ThrowAsync<MailServerException>(() => Principals.DeleteAsync("example.org", TestContext.Current.CancellationToken));
        error.Code.ShouldBe(MailErrorCode.InUse);
        error.Message.ShouldContain("'jane@example.org' (Individual)");

        await Principals.DeleteAsync("jane@example.org", TestContext.Current.CancellationToken);
        (await Principals.FindAsync("jane@example.org", TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    [Fact]
    public async Task A_name_that_is_taken_is_told_with_its_owner()
    {
        await CreateAsync(PrincipalType.Individual, "jane@example.org", principal => principal with { Role = ["user"], Email = ["jane@example.org", "j@example.org"] });
        MailServerException error = await Should.ThrowAsync<MailServerException>(() => CreateAsync(PrincipalType.Group, "j@example.org"));
        error.Code.ShouldBe(MailErrorCode.AlreadyExists);
        error.Message.ShouldContain("'jane@example.org' (Individual)");
    }

    [Theory]
    [InlineData("jane", "no domain")]
    [InlineData("jane|john@example.org", "cannot be 'john@example.org'")]
    [InlineData("jane@example.org|john@example.org", "cannot be 'john@example.org'")]
    public async Task A_name_that_is_no_address_is_refused(string nameAndEmail, string reason)
    {
        string[] parts = nameAndEmail.Split('|');
        MailServerException error = await Should.ThrowAsync<MailServerException>(() => CreateAsync(PrincipalType.Individual, parts[0], principal => principal with { Email = parts[1..] }));
        error.Code.ShouldBe(MailErrorCode.RejectedByClient);
        error.Message.ShouldContain(reason);
    }

    [Theory]
    [InlineData("resource", "projector")]
    [InlineData("location", "room")]
    [InlineData("apiKey", "admin@example.org/robot")]
    public async Task A_type_that_the_server_does_not_have_is_refused(string type, string name)
    {
        MailServerException error = await Should.ThrowAsync<MailServerException>(() => CreateAsync(PrincipalType.FromWire(type), name));
        error.Code.ShouldBe(MailErrorCode.Unsupported);
    }

    [Fact]
    public async Task What_is_named_and_not_there_is_told_by_name()
    {
        MailServerException error = await Should.ThrowAsync<MailServerException>(() => CreateAsync(PrincipalType.Individual, "jane@example.org", principal => principal with { MemberOf = ["staf@example.org"] }));
        (error.Code, error.Field, error.Item).ShouldBe((MailErrorCode.NotFound, PrincipalField.MemberOf, "staf@example.org"));
        error = await Should.ThrowAsync<MailServerException>(() => CreateAsync(PrincipalType.Individual, "jane@example.com"));
        (error.Code, error.Item).ShouldBe((MailErrorCode.NotFound, "example.com"));
    }

    private async Task<uint> CreateAsync(PrincipalType type, string name, Func<NewPrincipal, NewPrincipal>? change = null)
    {
        var principal = new NewPrincipal { Type = type, Name = name };
        return await Principals.CreateAsync(change is null ? principal : change(principal), TestContext.Current.CancellationToken);
    }

    private Task PatchAsync(string name, params PrincipalChange[] changes) => Principals.PatchAsync(name, changes, TestContext.Current.CancellationToken);

    private async Task<List<MailPrincipal>> ListAsync(PrincipalQuery query) => await Principals.ListAsync(query, null, TestContext.Current.CancellationToken).ToListAsync();
}
