using System.Net;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Host;
using MailAdmin.Tests.Conventions;
using MailAdmin.Tests.Hosting;
using MailAdmin.Tests.Principals;
using static MailAdmin.Tests.Principals.JmapParameterUse;

namespace MailAdmin.Tests.Connection;

/// <summary>What the parameters of Connect-MailServer that say who signs in, and those of the cmdlets for any call, do on a server from 0.16 on, which listens at $address.</summary>
internal sealed class ConnectionParameters : JmapParameterTable
{
    private const string Connect = "Connect-MailServer";
    private const string Test = "Test-MailConnection";
    private const string Api = "Invoke-MailApi";
    private const string IsBoss = "(Get-MailConnection -Default).UserName -eq 'boss@example.org' -and (Get-MailConnection -Default).Family -eq 'Jmap'";
    private readonly RunningSandbox _running;

    public ConnectionParameters()
    {
        _running = SandboxHost.StartAsync(Server).GetAwaiter().GetResult();
        Shell.SetVariable("address", _running.BaseUri.ToString());
        Shell.SetVariable("key", new NetworkCredential("", CreateKeyAsync().GetAwaiter().GetResult()).SecurePassword);
        Shell.SetVariable("token", new NetworkCredential("", SignInAsync().GetAwaiter().GetResult()).SecurePassword);
    }

    public static IReadOnlyList<JmapParameterUse> Uses { get; } =
    [
        Works(Connect, "Uri", "$address -Credential $me", IsBoss),
        Works(Connect, "Credential", "$address -Credential $me", IsBoss),
        IsRefused(Connect, "Credential", "$address -Credential ([pscredential]::new('boss@example.org', $password))", "rejected the login and password"),
        new(Connect, "TotpCode", "$otp = Enable-MailAccountOtp -Prepare; $otp | Enable-MailAccountOtp -Code $totp.Invoke($otp.Url) -Credential $me -WarningAction Ignore; Connect-MailServer $address -Credential $me -TotpCode $totp.Invoke($otp.Url)", IsBoss, null),
        Works(Connect, "ApiKey", "$address -ApiKey $key", "(Get-MailConnection -Default).Family -eq 'Jmap' -and @(Get-MailPrincipal -Type Individual).Count -gt 0"),
        Works(Connect, "AccessToken", "$address -AccessToken $token", "(Get-MailConnection -Default).Family -eq 'Jmap' -and @(Get-MailPrincipal -Type Individual).Count -gt 0"),
        Works(Connect, "ServerVersion", "-Sandbox -ServerVersion 0.16", "(Get-MailConnection -Default).Family -eq 'Jmap'"),
        Works(Connect, "Sandbox", "-Sandbox -ServerVersion 0.16", "(Get-MailConnection -Default).IsSandbox"),
        Works(Connect, "Name", "$address -Credential $me -Name mine", "(Get-MailConnection -Default).Name -eq 'mine'"),
        Works(Connect, "PassThru", "$address -Credential $me -PassThru", "$output.UserName -eq 'boss@example.org'"),
        Works(Connect, "NoDefault", "$address -Credential $me -NoDefault -Name other", "$output.Name -eq 'other' -and (Get-MailConnection -Default).Name -ne 'other'"),
        Works(Connect, "ClientId", "$address -Credential $me -ClientId tool", IsBoss),

        Works(Test, "Quiet", "-Quiet", "$output -eq $true -and $output -is [bool]"),

        Works(Api, "Path", "account", "$output.edition -eq 'community'"),
        IsRefused(Api, "Path", "principal", "no management REST API"),
        Works(Api, "Method", "account -Method GET", "$output.edition -eq 'community'"),
        IsRefused(Api, "Method", "account -Method POST -Force", "no management REST API"),
        IsRefused(Api, "Body", "account -Method POST -Body @{ a = 1 } -Force", "no management REST API"),
        IsRefused(Api, "ContentType", "account -Method POST -Body 'a' -ContentType text/plain -Force", "no management REST API"),
        Works(Api, "Raw", "account -Raw", "$output -is [string] -and $output -like '{*'"),
        Works(Api, "IncludeSecret", "account -IncludeSecret", "$output.edition -eq 'community'"),
        IsRefused(Api, "Force", "account -Method DELETE -Force", "no management REST API"),
    ];

    private async Task<string> CreateKeyAsync()
    {
        (_, JsonObject answer) = await Server.CallAsync("x:ApiKey/set", """{"create":{"n":{"description":"tool"}}}""", SandboxServerExtensions.CreateBasicAuthorization(Boss, Secret));
        return answer["created"]!["n"]!["secret"]!.GetValue<string>();
    }

    private async Task<string> SignInAsync()
    {
        string body = $$"""{"type":"authCode","accountName":"{{Boss}}","accountSecret":"{{Secret}}","clientId":"tool","redirectUri":"tool://cb"}""";
        string code = (await Server.SendAsync("POST", "/api/auth", body, authorization: null, contentType: "application/json")).Json.GetProperty("client_code").GetString()!;
        return (await Server.GrantAsync($"grant_type=authorization_code&client_id=tool&redirect_uri=tool%3A%2F%2Fcb&code={code}")).Json.GetProperty("access_token").GetString()!;
    }

    public override void Dispose()
    {
        _running.DisposeAsync().AsTask().GetAwaiter().GetResult();
        base.Dispose();
    }
}
