// The client against the sandbox, end to end but for the socket.
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;
using MailAdmin.Sandbox;

namespace MailAdmin.Tests.Connection;

public sealed class SandboxTests
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signs_in_and_knows_server_and_account()
    {
        var sandbox = new SandboxServer(new SandboxOptions { Empty = true });
        using MailClient client = await ConnectAsync(sandbox);

        client.UserName.ShouldBe("admin");
        client.Server!.Version.ShouldBe(new Version(0, 11, 8));
        client.Server.HasPermission("individual-create").ShouldBeTrue();
        client.IsPaced.ShouldBeFalse();
        client.ConcurrencyLimit.ShouldBe(64);
        client.TokenExpires.ShouldNotBeNull();
        (await client.Health.IsLiveAsync(s_cancellationToken)).ShouldBeTrue();
        (await client.Health.IsReadyAsync(s_cancellationToken)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_principal_lives_its_life()
    {
        var sandbox = new SandboxServer(new SandboxOptions { Empty = true });
        using MailClient client = await ConnectAsync(sandbox);
        await client.Principals.CreateAsync(new NewPrincipal { Type = PrincipalType.Domain, Name = "example.org" }, s_cancellationToken);
        uint id = await client.Principals.CreateAsync(
            new NewPrincipal
            {
                Type = PrincipalType.Individual,
                Name = "müller+a=b&c",
                Description = "Jürgen Müller",
                Email = ["jm@example.org", "juergen@example.org"],
                Quota = 5_000_000_000,
                Secret = ["secret-one"],
                Role = ["user"],
            },
            s_cancellationToken);

        MailPrincipal made = await client.Principals.GetAsync("MÜLLER+a=b&c", s_cancellationToken);
        made.Id.ShouldBe(id);
        made.Description.ShouldBe("Jürgen Müller");
        made.Email.ShouldBe(["jm@example.org", "juergen@example.org"]);
        made.Quota.ShouldBe(5_000_000_000);
        made.PasswordScheme.ShouldBe("PlainText");

        await client.Principals.PatchAsync(made.Name, [PrincipalChange.Set(PrincipalField.Description, "JM"), PrincipalChange.Remove(PrincipalField.Emails, "juergen@example.org")], s_cancellationToken);
        MailPrincipal found = (await client.Principals.FindAsync("JM@example.org", s_cancellationToken)).ShouldNotBeNull();
        found.Name.ShouldBe("müller+a=b&c");
        found.Description.ShouldBe("JM");
        found.Email.ShouldBe(["jm@example.org"]);

        await client.Principals.DeleteAsync(made.Name, s_cancellationToken);
        (await client.Principals.FindAsync(made.Name, s_cancellationToken)).ShouldBeNull();
        MailServerException gone = await Should.ThrowAsync<MailServerException>(client.Principals.DeleteAsync(made.Name, s_cancellationToken));
        gone.Code.ShouldBe(MailErrorCode.NotFound);
        gone.Item.ShouldBe("müller+a=b&c");
        gone.Operation.ShouldBe(Operations.DeletePrincipal);
    }

    [Fact]
    public async Task In_a_storm_everything_happens_once()
    {
        var sandbox = new SandboxServer(new SandboxOptions { Empty = true });
        using MailClient client = await ConnectAsync(sandbox, change: o => o with { MaximumRetryCount = 10, RetryInterval = TimeSpan.FromMilliseconds(1) });
        await client.Principals.CreateAsync(new NewPrincipal { Type = PrincipalType.Domain, Name = "example.org" }, s_cancellationToken);
        int seed = 1;
        foreach (SandboxFaultKind kind in (SandboxFaultKind[])[SandboxFaultKind.Reset, SandboxFaultKind.Lost, SandboxFaultKind.Truncate, SandboxFaultKind.Conflict])
        {
            sandbox.Faults.Add(new SandboxFault { Kind = kind, Path = "/api/principal", Probability = 0.05, Seed = seed++ });
        }
        sandbox.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 503, Path = "/api/principal", Probability = 0.05, Seed = seed++ });
        sandbox.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 429, Path = "/api/principal", Probability = 0.05, Seed = seed++ });
        sandbox.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.ExpireToken, Path = "/api/principal", Probability = 0.02, Seed = seed, Count = 1 });

        var ids = new System.Collections.Concurrent.ConcurrentDictionary<string, uint>();
        await Parallel.ForEachAsync(Enumerable.Range(0, 300), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = s_cancellationToken }, async (i, ct) =>
        {
            string name = $"user{i:000}";
            ids[name] = await client.Principals.CreateAsync(new NewPrincipal { Type = PrincipalType.Individual, Name = name, Email = [$"{name}@example.org"], Role = ["user"], Secret = ["x"] }, ct);
            await client.Principals.PatchAsync(name, [PrincipalChange.Set(PrincipalField.Description, $"Number {i}"), PrincipalChange.Add(PrincipalField.Emails, $"alias{i}@example.org")], ct);
            if (i % 3 == 0)
            {
                await client.Principals.DeleteAsync(name, ct);
            }
        });

        List<MailPrincipal> there = await ListAsync(client, new PrincipalQuery { Types = [PrincipalType.Individual] });
        there.Select(p => p.Name).ShouldBe(Enumerable.Range(0, 300).Where(i => i % 3 != 0).Select(i => $"user{i:000}"));
        there.ShouldAllBe(p => p.Id == ids[p.Name] && p.Email!.Count == 2 && p.Description != null);
    }

    [Fact]
    public async Task A_directory_is_listed_whole_while_connections_break()
    {
        var sandbox = new SandboxServer(new SandboxOptions { Empty = true });
        using MailClient client = await ConnectAsync(sandbox, change: o => o with { RetryInterval = TimeSpan.FromMilliseconds(1) });
        for (int i = 0; i < 700; i++)
        {
            await client.Principals.CreateAsync(new NewPrincipal { Type = PrincipalType.Individual, Name = $"user{i:0000}", Role = ["user"] }, s_cancellationToken);
        }
        sandbox.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Truncate, Method = "GET", Path = "/api/principal", Count = 3 });
        int before = sandbox.RequestCount;
        (await ListAsync(client, new PrincipalQuery())).Select(p => p.Name).ShouldBe(Enumerable.Range(0, 700).Select(i => $"user{i:0000}"));
        (sandbox.RequestCount - before).ShouldBe(3 + 3);
        (await client.Principals.CountAsync(new PrincipalQuery(), s_cancellationToken)).ShouldBe(700);
        (await ListAsync(client, new PrincipalQuery { Skip = 100, First = 5 })).Select(p => p.Name).ShouldBe(["user0100", "user0101", "user0102", "user0103", "user0104"]);
        (await ListAsync(client, new PrincipalQuery { Filter = "user0012" })).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_new_password_leaves_no_old_one_and_keeps_TOTP_and_app_passwords()
    {
        var sandbox = new SandboxServer(new SandboxOptions { Empty = true });
        using MailClient client = await ConnectAsync(sandbox);
        string url = $"otpauth://totp/x:jane?secret={OtpNet.Base32Encoding.ToString("0123456789abcdefghij"u8.ToArray())}&issuer=x&algorithm=SHA1&digits=6&period=30";
        await client.Principals.CreateAsync(new NewPrincipal { Type = PrincipalType.Individual, Name = "jane", Role = ["user"], Secret = ["old-one", "old-two", url, "$app$phone$app-secret"] }, s_cancellationToken);

        await client.Principals.SetPasswordAsync("jane", "new-one", [PrincipalChange.Set(PrincipalField.Description, "Jane")], s_cancellationToken);

        MailPrincipal jane = await client.Principals.GetAsync("jane", s_cancellationToken);
        (jane.PasswordCount, jane.OtpEnabled, jane.AppPassword!.ToString(), jane.Description).ShouldBe((1, true, "phone", "Jane"));
        (await Should.ThrowAsync<MailServerException>(ConnectAsync(sandbox, MailCredential.FromPassword("jane", "old-one")))).Code.ShouldBe(MailErrorCode.Unauthorized);
        (await Should.ThrowAsync<MailServerException>(ConnectAsync(sandbox, MailCredential.FromPassword("jane", "new-one")))).Code.ShouldBe(MailErrorCode.TotpRequired);
        var totp = new OtpNet.Totp("0123456789abcdefghij"u8.ToArray());
        using MailClient asJane = await ConnectAsync(sandbox, MailCredential.FromPassword("jane", "new-one", _ => ValueTask.FromResult<string?>(totp.ComputeTotp(sandbox.Clock.GetUtcNow().UtcDateTime))));
        asJane.IsPaced.ShouldBeTrue();
        asJane.ConcurrencyLimit.ShouldBe(4);
    }

    [Fact]
    public async Task An_API_key_and_a_device_sign_in()
    {
        var sandbox = new SandboxServer(new SandboxOptions { Empty = true });
        using MailClient admin = await ConnectAsync(sandbox);
        await admin.Principals.CreateAsync(new NewPrincipal { Type = PrincipalType.ApiKey, Name = "robot", Role = ["admin"], Secret = ["robot-secret"] }, s_cancellationToken);
        using MailClient robot = await ConnectAsync(sandbox, MailCredential.FromApiKey("api_" + Convert.ToBase64String("robot:robot-secret"u8)));
        robot.Server.ShouldNotBeNull();
        (await robot.Principals.GetAsync("robot", s_cancellationToken)).Type.ShouldBe(PrincipalType.ApiKey);

        using MailClient device = await ConnectAsync(
            sandbox,
            MailCredential.FromDevice(async (shown, ct) =>
            {
                shown.VerificationUri.Host.ShouldBe("mail.test");
                (await admin.OAuth.ApproveDeviceAsync(shown.UserCode.ToLowerInvariant(), ct)).ShouldBeTrue();
                (await admin.OAuth.ApproveDeviceAsync("ABCD-2345", ct)).ShouldBeFalse();
                _ = Task.Run(() => PassTimeAsync(sandbox, ct), ct);
            }));
        device.Server!.HasPermission("individual-create").ShouldBeTrue();
    }

    [Fact]
    public async Task The_session_outlives_its_token()
    {
        var sandbox = new SandboxServer(new SandboxOptions { Empty = true });
        using MailClient client = await ConnectAsync(sandbox);
        DateTimeOffset? first = client.TokenExpires;
        sandbox.Clock.Advance(TimeSpan.FromHours(3));
        (await client.Principals.CountAsync(new PrincipalQuery(), s_cancellationToken)).ShouldBe(0);
        client.TokenExpires.ShouldNotBeNull().ShouldBeGreaterThan(first!.Value);
        sandbox.Clock.Advance(TimeSpan.FromDays(31));
        (await Should.ThrowAsync<MailServerException>(client.Principals.CountAsync(new PrincipalQuery(), s_cancellationToken))).Code.ShouldBe(MailErrorCode.SessionExpired);
    }

    [Fact]
    public async Task Errors_name_what_the_server_names()
    {
        var sandbox = new SandboxServer(new SandboxOptions { Empty = true });
        using MailClient client = await ConnectAsync(sandbox);
        var jane = new NewPrincipal { Type = PrincipalType.Individual, Name = "jane", Email = ["jane@nowhere.org"], Role = ["user"] };
        MailServerException e = await Should.ThrowAsync<MailServerException>(client.Principals.CreateAsync(jane, s_cancellationToken));
        (e.Code, e.Item).ShouldBe((MailErrorCode.NotFound, "nowhere.org"));
        await client.Principals.CreateAsync(jane with { Email = [] }, s_cancellationToken);
        e = await Should.ThrowAsync<MailServerException>(client.Principals.CreateAsync(jane with { Email = [] }, s_cancellationToken));
        (e.Code, e.Field, e.Value).ShouldBe((MailErrorCode.AlreadyExists, "name", "jane"));
        (await Should.ThrowAsync<MailServerException>(ListAsync(client, new PrincipalQuery { Types = [PrincipalType.Tenant] }))).Code.ShouldBe(MailErrorCode.Unsupported);
        RawResponse raw = await client.Raw.SendAsync(HttpMethod.Get, "principal?fields=name", null, null, s_cancellationToken);
        raw.Data!.Value.GetProperty("total").GetInt32().ShouldBe(1);
        (await Should.ThrowAsync<MailServerException>(client.Raw.SendAsync(HttpMethod.Get, "nope", null, null, s_cancellationToken))).Code.ShouldBe(MailErrorCode.NotFound);
        (await client.OAuth.RequestCodeAsync("other", null, null, s_cancellationToken)).Code.Length.ShouldBe(40);
    }

    private static async Task PassTimeAsync(SandboxServer sandbox, CancellationToken cancellationToken)
    {
        for (int i = 0; i < 200; i++)
        {
            await Task.Delay(20, cancellationToken);
            sandbox.Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private static async Task<List<MailPrincipal>> ListAsync(MailClient client, PrincipalQuery query)
    {
        var list = new List<MailPrincipal>();
        await foreach (MailPrincipal principal in client.Principals.ListAsync(query, null, s_cancellationToken))
        {
            list.Add(principal);
        }
        return list;
    }

    private static Task<MailClient> ConnectAsync(SandboxServer sandbox, MailCredential? credential = null, Func<MailClientOptions, MailClientOptions>? change = null)
    {
        var options = new MailClientOptions
        {
            BaseUri = new Uri("https://mail.test"),
            RetryHandlerBuilder = IsolatedHttp.CreateRetryHandler,
            Transport = sandbox.CreateHandler,
            Time = sandbox.Clock,
        };
        return MailClient.ConnectAsync(change?.Invoke(options) ?? options, credential ?? MailCredential.FromPassword("admin", "sandbox-admin-secret"), s_cancellationToken);
    }
}
