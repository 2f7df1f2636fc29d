// Test-MailDelivery on servers from 0.16 on: the same stages, at another address, with members in camel case.
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Client.Api.Delivery;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Delivery;

public sealed class JmapDeliveryTests : IDisposable
{
    private readonly SandboxServer _server = new(new SandboxOptions { ServerVersion = "0.16", AdminPassword = HostedShell.SandboxPassword });
    private readonly HostedShell _shell;

    public JmapDeliveryTests() => _shell = HostedShell.CreateConnected(_server);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_test_ends_with_a_verdict_and_says_which_address_was_tried()
    {
        MailDeliverySummary summary = _shell.Run("Test-MailDelivery info@customers.example -Summary -StepTimeoutSeconds 5").ShouldHaveNoErrors().OutputAs<MailDeliverySummary>().ShouldHaveSingleItem();
        summary.Hostname.ShouldNotBeNull();
        summary.RemoteIp.ShouldNotBeNull();
        summary.Mx.ShouldNotBeEmpty();
        summary.Stage.ShouldContain(stage => stage.RemoteIps.Count > 0);
        summary.Stage.ShouldAllBe(stage => stage.AdditionalData.Count == 0);
        _server.RequestLog.ShouldContain("GET /api/live/delivery/info%40customers.example?timeout=5");
        _shell.Run("Test-MailDelivery info@customers.example -Quiet").OutputAs<bool>().ShouldBe([summary.Success]);
    }

    [Fact]
    public void Members_are_read_in_both_spellings()
    {
        MailDeliveryStage[] older = Read("""[{"type":"connectionStart","remote_ip":"192.0.2.1"},{"type":"ipLookupSuccess","remote_ips":["192.0.2.1"]},{"type":"tlsaLookupSuccess","record":{"entries":[{"is_sha256":true,"data":[1]}]}}]""");
        MailDeliveryStage[] newer = Read("""[{"type":"connectionStart","remoteIp":"192.0.2.1"},{"type":"ipLookupSuccess","remoteIps":["192.0.2.1"]},{"type":"tlsaLookupSuccess","record":{"entries":[{"matching":"Sha256","data":[1]},{"matching":"Sha512","data":[2]}]}}]""");
        foreach (MailDeliveryStage[] stages in (MailDeliveryStage[][])[older, newer])
        {
            stages[0].RemoteIp.ShouldBe("192.0.2.1");
            stages[1].RemoteIps.ShouldBe(["192.0.2.1"]);
            stages[2].Tlsa[0].IsSha256.ShouldBeTrue();
            stages.ShouldAllBe(stage => stage.AdditionalData.Count == 0);
        }
        newer[2].Tlsa[1].IsSha256.ShouldBeFalse();
    }

    private static MailDeliveryStage[] Read(string frame)
    {
        var reader = new DeliveryStageReader("a.test");
        using var document = JsonDocument.Parse(frame);
        return [.. document.RootElement.EnumerateArray().Select(reader.Read)];
    }
}
