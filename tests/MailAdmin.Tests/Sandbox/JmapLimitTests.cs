using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Sandbox;

/// <summary>The limits of a sandbox of 0.16 that the recording could not hold still.</summary>
public sealed class JmapLimitTests
{
    private readonly JmapSandbox _sandbox = new(new FrozenTime());

    [Fact]
    public async Task From_outside_the_call_after_the_thousandth_of_a_minute_is_429()
    {
        await _sandbox.AddAccountAsync("jane");
        _sandbox.Server.Clock.Advance(TimeSpan.FromSeconds(20));
        for (int i = 0; i < 1000; i++)
        {
            (await _sandbox.GetUserInfoAsync(JmapSandbox.Jane, JmapSandbox.Outside)).Status.ShouldBe(200);
        }

        CapturedResponse refused = await _sandbox.GetUserInfoAsync(JmapSandbox.Jane, JmapSandbox.Outside);
        refused.Status.ShouldBe(429);
        refused.Response.Headers.ShouldContain(KeyValuePair.Create("Retry-After", "40"));
        refused.Response.Headers.ShouldContain(KeyValuePair.Create("RateLimit-Policy", "\"requests\";q=1000"));
        (await _sandbox.GetUserInfoAsync(JmapSandbox.Jane)).Status.ShouldBe(200, "loopback has no limit");
        _sandbox.Server.Clock.Advance(TimeSpan.FromSeconds(40));
        (await _sandbox.GetUserInfoAsync(JmapSandbox.Jane, JmapSandbox.Outside)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Four_calls_of_an_account_run_at_once_from_loopback_too()
    {
        await _sandbox.AddAccountAsync("jane");
        _sandbox.Server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Delay, Path = "/auth/userinfo", Delay = TimeSpan.FromHours(1) });
        Task<CapturedResponse>[] running = [.. Enumerable.Range(0, 4).Select(_ => _sandbox.GetUserInfoAsync(JmapSandbox.Jane))];
        CapturedResponse refused = await _sandbox.GetUserInfoAsync(JmapSandbox.Jane);
        refused.Status.ShouldBe(400);
        refused.Json.GetProperty("limit").GetString().ShouldBe("maxConcurrentRequests");
        refused.Response.Headers.ShouldContain(KeyValuePair.Create("RateLimit", "\"concurrent-requests\";r=0"));
        _sandbox.Server.Clock.Advance(TimeSpan.FromHours(1));
        (await Task.WhenAll(running)).ShouldAllBe(answer => answer.Status == 200);
    }

    [Fact]
    public async Task An_allowed_address_is_not_banned_once_the_settings_are_reloaded()
    {
        await _sandbox.AddAccountAsync("jane");
        await _sandbox.CallAsync("x:AllowedIp/set", """{"create":{"n":{"address":"192.0.2.0/24"}}}""");
        await _sandbox.CallAsync("x:SpamPyzor/set", """{"update":{"singleton":{"enable":false}}}""");
        await _sandbox.CallAsync("x:Action/set", """{"create":{"a":{"@type":"ReloadSettings"}}}""");
        for (int i = 0; i < 110; i++)
        {
            (await _sandbox.GetUserInfoAsync(JmapSandbox.Login("jane", $"wrong{i}"), JmapSandbox.Outside)).Status.ShouldBe(401);
        }
    }

    [Fact]
    public async Task A_wrong_present_password_counts_towards_a_ban()
    {
        await _sandbox.AddAccountAsync("jane");
        for (int i = 0; i < 101; i++)
        {
            await ChangePasswordAsync($"wrong{i}");
        }

        (await _sandbox.GetUserInfoAsync(JmapSandbox.Jane, JmapSandbox.Outside)).Response.IsReset.ShouldBeTrue();
        (await _sandbox.GetUserInfoAsync(JmapSandbox.Jane)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Faults_happen_to_0_16_as_to_the_others()
    {
        await _sandbox.AddAccountAsync("jane");
        (string access, string refresh) = await _sandbox.SignInAsync();
        _sandbox.Server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 503, Path = "/auth/userinfo", Count = 1 });
        (await _sandbox.GetUserInfoAsync(JmapSandbox.Jane)).Status.ShouldBe(503);
        _sandbox.Server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Reset, Count = 1 });
        (await _sandbox.GetUserInfoAsync(JmapSandbox.Jane)).Response.IsReset.ShouldBeTrue();
        _sandbox.Server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.ExpireToken, Count = 1 });
        (await _sandbox.GetUserInfoAsync($"Bearer {access}")).Status.ShouldBe(401);
        (await _sandbox.GetUserInfoAsync($"Bearer {access}")).Status.ShouldBe(401);
        (await _sandbox.Server.RefreshAsync(refresh)).Status.ShouldBe(200);
    }

    private Task<CapturedResponse> ChangePasswordAsync(string present) => _sandbox.Server.SendAsync(
        "POST",
        "/jmap",
        $$$"""{"using":[],"methodCalls":[["x:AccountPassword/set",{"update":{"singleton":{"secret":"jane walks another road","currentSecret":"{{{present}}}"} } },"0"]]}""",
        JmapSandbox.Jane,
        JmapSandbox.Outside,
        "application/json");
}
