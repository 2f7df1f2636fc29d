using System.Text.Json;
using MailAdmin.Sandbox;
using MailAdmin.Sandbox.Access;
using MailAdmin.Sandbox.Host;

namespace MailAdmin.Tests.Sandbox;

/// <summary>What the versions do differently beyond what the recordings hold.</summary>
public sealed class SandboxVersionTests
{
    private const string Otp = "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP";

    private readonly FrozenTime _time = new();

    [Theory]
    [InlineData("0.11", "0.11.8", 181)]
    [InlineData("0.11.8", "0.11.8", 181)]
    [InlineData("0.13", "0.13.4", 226)]
    [InlineData("0.13.4", "0.13.4", 226)]
    [InlineData("0.15", "0.15.5", 266)]
    [InlineData("0.15.5", "0.15.5", 266)]
    public async Task A_server_says_which_version_it_is(string asked, string expected, int permissions)
    {
        CapturedResponse answer = await Server(asked).SendAsync("POST", "/api/oauth", """{"type":"code","client_id":"test"}""");
        answer.Data.GetProperty("version").GetString().ShouldBe(expected);
        answer.Data.GetProperty("permissions").GetArrayLength().ShouldBe(permissions);
    }

    [Theory]
    [InlineData("0.12")]
    [InlineData("0.15.4")]
    [InlineData("0")]
    [InlineData("")]
    [InlineData("latest")]
    public void Another_version_is_refused_with_those_there_are(string version) =>
        Should.Throw<ArgumentException>(() => Server(version)).Message.ShouldContain("0.11.8, 0.13.4, 0.15.5");

    [Fact]
    public void The_host_takes_the_version_from_its_command_line()
    {
        HostArguments.Parse(["--empty", "--server-version", "0.15"]).Options.ServerVersion.ShouldBe("0.15");
        HostArguments.Parse([]).Options.ServerVersion.ShouldBe("0.11.8");
        Should.Throw<ArgumentException>(() => HostArguments.Parse(["--server-version"]));
        Should.Throw<ArgumentException>(() => HostArguments.Parse(["--version", "0.15"])).Message.ShouldContain("--server-version");
    }

    [Fact]
    public async Task The_sample_organisation_exists_in_every_version()
    {
        foreach (string version in new[] { "0.11", "0.13", "0.15" })
        {
            var server = new SandboxServer(new SandboxOptions { ServerVersion = version, Enterprise = true });
            (await server.SendAsync("GET", "/api/principal?limit=5")).Data.GetProperty("total").GetInt32().ShouldBeGreaterThan(30);
            (await server.SendAsync("GET", "/api/queue/messages?values=1")).Data.GetProperty("total").GetInt32().ShouldBeGreaterThan(5);
        }
    }

    [Theory]
    [InlineData("0.13", "otpauth a b $app$x")]
    [InlineData("0.15", "otpauth a $app$x")]
    public async Task Of_several_passwords_the_first_is_kept_from_0_14(string version, string expected)
    {
        SandboxServer server = Server(version);
        string secrets = JsonSerializer.Serialize(new[] { Otp, "a", "b", "$app$x$1" });
        await server.SendAsync("POST", "/api/principal", $$"""{"type":"individual","name":"posted","secrets":{{secrets}}}""");
        await server.SendAsync("POST", "/api/principal", """{"type":"individual","name":"changed","secrets":["old"]}""");
        await server.SendAsync("PATCH", "/api/principal/changed", $$"""[{"action":"set","field":"secrets","value":{{secrets}}}]""");
        (await SecretsAsync(server, "posted")).ShouldBe(expected.Split(' '));
        (await SecretsAsync(server, "changed")).ShouldBe(expected.Split(' '));
    }

    [Fact]
    public async Task From_0_14_a_new_secret_takes_the_place_of_the_old_one_of_its_kind()
    {
        SandboxServer server = Server("0.15");
        await server.SendAsync("POST", "/api/principal", """{"type":"individual","name":"jane","secrets":["old"]}""");
        await PatchAsync(server, "jane", "addItem", "secrets", "$app$x$1");
        await PatchAsync(server, "jane", "addItem", "secrets", Otp + "&digits=6");
        await PatchAsync(server, "jane", "addItem", "secrets", Otp + "&digits=8");
        await PatchAsync(server, "jane", "addItem", "secrets", "new");
        IEnumerable<string?> secrets = (await server.SendAsync("GET", "/api/principal/jane")).Data.GetProperty("secrets").EnumerateArray().Select(item => item.GetString());
        secrets.ShouldBe([Otp + "&digits=8", "new", "$app$x$1"], ignoreOrder: true);
        await PatchAsync(server, "jane", "removeItem", "secrets", "");
        (await SecretsAsync(server, "jane")).ShouldBe(["new"]);
    }

    [Theory]
    [InlineData("0.11", true)]
    [InlineData("0.13", true)]
    [InlineData("0.15", false)]
    public async Task Their_own_new_password_costs_users_their_second_factor_from_0_14(string version, bool keeps)
    {
        SandboxServer server = Server(version);
        await server.AddUserAsync("jane", "jane-secret");
        await PatchAsync(server, "jane", "addItem", "secrets", "$app$phone$1234");
        await server.SendAsync(
            "POST", "/api/account/auth", """[{"type":"setPassword","password":"jane-new"}]""", SandboxServerExtensions.CreateBasicAuthorization("jane", "jane-secret"));
        CapturedResponse answer = await server.SendAsync("GET", "/api/account/auth", authorization: SandboxServerExtensions.CreateBasicAuthorization("jane", "jane-new"));
        answer.Data.GetProperty("appPasswords").GetArrayLength().ShouldBe(keeps ? 1 : 0);
    }

    [Theory]
    [InlineData("0.13", false)]
    [InlineData("0.15", true)]
    public async Task A_refresh_token_hangs_on_the_password_only_where_there_is_one(string version, bool dies)
    {
        SandboxServer server = Server(version);
        await server.AddUserAsync("jane", "jane-secret");
        (string _, string refresh) = await server.SignInAsync(SandboxServerExtensions.CreateBasicAuthorization("jane", "jane-secret"));
        await PatchAsync(server, "jane", "addItem", "secrets", "jane-new");
        (await server.RefreshAsync(refresh)).Error.ShouldBe(dies ? "invalid_grant" : null);
    }

    [Theory]
    [InlineData("doe", 1)]
    [InlineData("DOE jane", 1)]
    [InlineData("jan", 0)]
    [InlineData("nothing jane", 1)]
    [InlineData("jane nothing", 0)]
    [InlineData("nothing", 0)]
    [InlineData("example.org", 2)]
    [InlineData("secret", 0)]
    [InlineData("jane@example.org", 1)]
    [InlineData("%20", 2)]
    public async Task A_filter_finds_whole_words_from_0_12(string filter, int expected)
    {
        SandboxServer server = Server("0.13");
        await server.SendAsync("POST", "/api/principal", """{"type":"domain","name":"example.org"}""");
        await server.SendAsync(
            "POST", "/api/principal", """{"type":"individual","name":"jane","description":"Jane Doe","emails":["jane@example.org"],"secrets":["secret"]}""");
        (await server.SendAsync("GET", $"/api/principal?filter={filter}")).Data.GetProperty("total").GetInt32().ShouldBe(expected);
    }

    [Fact]
    public async Task A_permission_taken_from_a_role_stays_with_those_who_called_until_they_are_touched()
    {
        SandboxServer server = Server("0.13");
        await server.SendAsync("POST", "/api/principal", """{"type":"role","name":"reader","enabledPermissions":["authenticate","domain-list"]}""");
        await server.AddUserAsync("early", "early-secret", "reader");
        await server.AddUserAsync("late", "late-secret", "reader");
        (await ListAsync("early")).ShouldBe(200);
        await PatchAsync(server, "reader", "removeItem", "enabledPermissions", "domain-list");
        ((await ListAsync("early")), (await ListAsync("late"))).ShouldBe((200, 403));
        await PatchAsync(server, "early", "set", "description", "touched");
        (await ListAsync("early")).ShouldBe(200);
        await PatchAsync(server, "early", "removeItem", "disabledPermissions", "email-send");
        (await ListAsync("early")).ShouldBe(403);

        async Task<int> ListAsync(string login) =>
            (await server.SendAsync("GET", "/api/principal?types=domain", authorization: SandboxServerExtensions.CreateBasicAuthorization(login, $"{login}-secret"))).Status;
    }

    [Fact]
    public async Task A_role_that_is_deleted_takes_its_permissions_along()
    {
        SandboxServer server = Server("0.13");
        await server.SendAsync("POST", "/api/principal", """{"type":"role","name":"reader","enabledPermissions":["authenticate","domain-list"]}""");
        await server.AddUserAsync("jane", "jane-secret", "reader");
        (await server.SendAsync("GET", "/api/principal?types=domain", authorization: SandboxServerExtensions.CreateBasicAuthorization("jane", "jane-secret"))).Status.ShouldBe(200);
        await server.SendAsync("DELETE", "/api/principal/reader");
        (await server.SendAsync("GET", "/api/principal?types=domain", authorization: SandboxServerExtensions.CreateBasicAuthorization("jane", "jane-secret"))).Status.ShouldBe(403);
    }

    [Theory]
    [InlineData("queue=default", 1)]
    [InlineData("queue=other", 0)]
    [InlineData("", 1)]
    public async Task The_queue_is_asked_by_virtual_queue_from_0_13(string query, int expected)
    {
        SandboxServer server = await WithMailAsync("0.13");
        (await server.SendAsync("GET", $"/api/queue/messages?{query}")).Data.GetProperty("total").GetInt32().ShouldBe(expected);
        (await (await WithMailAsync("0.11")).SendAsync("GET", "/api/queue/messages?queue=other")).Data.GetProperty("total").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task What_is_rescheduled_is_given_up_neither_at_its_next_attempt_nor_for_good()
    {
        SandboxServer server = await WithMailAsync("0.13");
        ulong id = (await server.SendAsync("GET", "/api/queue/messages")).Data.GetProperty("items")[0].GetUInt64();
        await server.SendAsync("PATCH", $"/api/queue/messages/{id}?filter=a@");
        JsonElement recipients = (await server.SendAsync("GET", $"/api/queue/messages/{id}")).Data.GetProperty("recipients");
        recipients[0].TryGetProperty("expires", out _).ShouldBeTrue("it was tried at once, and time limits it again");
        recipients.EnumerateArray().Select(recipient => recipient.GetProperty("retry_num").GetInt32()).ShouldBe([2, 1]);
        await server.SendAsync("PATCH", $"/api/queue/messages/{id}?at={Uri.EscapeDataString(_time.Now.AddHours(1).ToString("o"))}");
        (await server.SendAsync("GET", $"/api/queue/messages/{id}")).Data.GetProperty("recipients")[1].TryGetProperty("expires", out _).ShouldBeFalse();
        server.Clock.Advance(TimeSpan.FromHours(2));
        (await server.SendAsync("GET", $"/api/queue/messages/{id}")).Data.GetProperty("recipients")[1].GetProperty("retry_num").GetInt32().ShouldBeGreaterThan(1);
        server.Clock.Advance(TimeSpan.FromDays(6));
        (await server.SendAsync("GET", $"/api/queue/messages/{id}")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("/api/store/reindex", 200, 404)]
    [InlineData("/api/store/reindex/email", 200, 200)]
    [InlineData("/api/store/reindex/tracing", 200, 200)]
    [InlineData("/api/store/reindex/nonsense", 200, 400)]
    [InlineData("/api/store/reindex/email/nobody", 404, 200)]
    public async Task A_reindex_names_an_index_from_0_15(string path, int before, int from)
    {
        (await Server("0.13").SendAsync("GET", path)).Status.ShouldBe(before);
        (await Server("0.15").SendAsync("GET", path)).Status.ShouldBe(from);
    }

    [Fact]
    public async Task A_deleted_item_tells_what_it_was_from_0_15()
    {
        foreach (string version in new[] { "0.11", "0.15" })
        {
            var server = new SandboxServer(new SandboxOptions { ServerVersion = version, Enterprise = true });
            JsonElement item = (await server.SendAsync("GET", "/api/store/undelete/jane.doe")).Data.GetProperty("items")[0];
            item.TryGetProperty("collection", out _).ShouldBe(version == "0.11");
            if (version == "0.15")
            {
                JsonElement mail = item.GetProperty("item");
                (mail.GetProperty("type").GetString(), mail.GetProperty("subject").GetString()).ShouldBe(("email", "Offer 1"));
                mail.GetProperty("from").GetString().ShouldNotBeNull().ShouldContain("press@example.com");
                mail.GetProperty("received_at").GetDateTimeOffset().ShouldBe(item.GetProperty("deletedAt").GetDateTimeOffset());
            }

            string restore = JsonSerializer.Serialize(new[] { new { hash = item.GetProperty("hash").GetString(), collection = "email", restoreTime = item.GetProperty("deletedAt").GetString() } });
            (await server.SendAsync("POST", "/api/store/undelete/jane.doe", restore)).Data[0].GetProperty("type").GetString().ShouldBe("success");
        }
    }

    [Theory]
    [InlineData("0.11", "a b")]
    [InlineData("0.13", "a+b=c")]
    public async Task A_path_is_decoded_as_the_version_does(string version, string expected) =>
        (await Server(version).SendAsync("GET", "/api/principal/a+b=c")).Json.GetProperty("item").GetString().ShouldBe(expected);

    [Theory]
    [InlineData("0.11", "Digest x", 0)]
    [InlineData("0.13", "Digest x", 2)]
    [InlineData("0.13", "Bearer x", 2)]
    [InlineData("0.13", "Basic eDp4", 0)]
    [InlineData("0.13", null, 0)]
    public async Task Schemes_are_named_where_the_kind_of_credentials_is_unknown(string version, string? authorization, int expected) =>
        (await Server(version).SendAsync("GET", "/api/principal", authorization: authorization)).Response.Headers
            .Count(header => header.Key == "WWW-Authenticate").ShouldBe(expected);

    [Fact]
    public void No_permission_has_two_names_or_two_numbers()
    {
        Permissions.Names.Distinct().Count().ShouldBe(Permissions.Names.Count);
        Permissions.Names.Count.ShouldBeLessThanOrEqualTo(320);
        PermissionCatalogue.Base.Admin.IsSubsetOf(PermissionCatalogue.Calendaring.Admin).ShouldBeTrue();
        PermissionCatalogue.Collaboration.TryGetNumber("spam-filter-classify", out _).ShouldBeFalse();
        PermissionCatalogue.Base.TryGetNumber("spam-filter-test", out _).ShouldBeFalse();
    }

    private SandboxServer Server(string version) => new(new SandboxOptions { Empty = true, ServerVersion = version, TimeProvider = _time, DeliveryTime = TimeSpan.Zero });

    private async Task<SandboxServer> WithMailAsync(string version)
    {
        SandboxServer server = Server(version);
        await server.AddUserAsync("jane", "jane-secret");
        server.Deliver("jane", "jane@example.org", ["b@remote.test", "a@remote.test"], "Subject: x\r\n\r\ntext\r\n"u8.ToArray()).ShouldBeNull();
        return server;
    }

    private static async Task PatchAsync(SandboxServer server, string name, string action, string field, string value)
    {
        CapturedResponse answer = await server.SendAsync("PATCH", $"/api/principal/{name}", JsonSerializer.Serialize(new[] { new { action, field, value } }));
        answer.Text.ShouldBe("""{"data":null}""");
    }

    /// <summary>The beginnings of an account's secrets.</summary>
    private static async Task<string[]> SecretsAsync(SandboxServer server, string name) =>
    [
        .. (await server.SendAsync("GET", $"/api/principal/{name}")).Data.GetProperty("secrets").EnumerateArray()
            .Select(secret => secret.GetString()!).Select(secret => secret.StartsWith('$') ? secret[..6] : secret.Split(':')[0]),
    ];
}
