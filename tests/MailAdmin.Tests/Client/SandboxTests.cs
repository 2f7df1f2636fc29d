// The client against the sandbox, end to end but for the socket.
using MailAdmin.Client;
using MailAdmin.Client.Authentication;
using MailAdmin.Client.Errors;
using MailAdmin.Client.Models;
using MailAdmin.Sandbox;

namespace MailAdmin.Tests.Client;

public sealed class SandboxTests
{
    private static readonly CancellationToken s_stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signs_in_and_knows_server_and_account()
    {
        var sandbox = new SandboxServer(new SandboxOptions { Empty = true });
        using MailClient client = await ConnectAsync(sandbox);

        client.UserName.ShouldBe("admin");
        client.Server!.Version.ShouldBe(new Version(0, 11, 8));
        client.Server.Allows("individual-create").ShouldBeTrue();
        client.IsPaced.ShouldBeFalse();
        client.ConcurrencyLimit.ShouldBe(16);
        client.TokenExpiresAt.ShouldNotBeNull();
        (await client.Health.IsLiveAsync(s_stop)).ShouldBeTrue();
        (await client.Health.IsReadyAsync(s_stop)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_principal_lives_its_life()
    {
        var sandbox = new SandboxServer(new SandboxOptions { Empty = true });
        using MailClient client = await ConnectAsync(sandbox);
        await client.Principals.CreateAsync(new NewPrincipal { Type = PrincipalType.Domain, Name = "example.org" }, s_stop);
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
            s_stop);

        MailPrincipal made = await client.Principals.GetAsync("MÜLLER+a=b&c", s_stop);
        made.Id.ShouldBe(id);
        made.Description.ShouldBe("Jürgen Müller");
        made.Email.ShouldBe(["jm@example.org", "juergen@example.org"]);
        made.Quota.ShouldBe(5_000_000_000);
        made.PasswordScheme.ShouldBe("PlainText");

        await client.Principals.PatchAsync(made.Name, [PrincipalChange.Set(PrincipalField.Description, "JM"), PrincipalChange.Remove(PrincipalField.Emails, "juergen@example.org")], s_stop);
        MailPrincipal found = (await client.Principals.FindAsync("JM@example.org", s_stop)).ShouldNotBeNull();
        found.Name.ShouldBe("müller+a=b&c");
        found.Description.ShouldBe("JM");
        found.Email.ShouldBe(["jm@example.org"]);

        await client.Principals.DeleteAsync(made.Name, s_stop);
        (await client.Principals.FindAsync(made.Name, s_stop)).ShouldBeNull();
        MailServerException gone = await Should.ThrowAsync<MailServerException>(client.Principals.DeleteAsync(made.Name, s_stop));
        gone.Code.ShouldBe(MailErrorCode.NotFound);
        gone.Item.ShouldBe("müller+a=b&c");
        gone.Operation.ShouldBe("DELETE /principal/{name}");
    }

    private static Task<MailClient> ConnectAsync(SandboxServer sandbox, MailCredential? credential = null) => MailClient.ConnectAsync(
        new MailClientOptions
        {
            BaseUri = new Uri("https://mail.test"),
            HttpClientBuilder = TestPipeline.Build,
            Transport = sandbox.CreateHandler,
            Time = sandbox.Clock,
        },
        credential ?? MailCredential.Password("admin", "sandbox-admin-secret"),
        s_stop);
}
