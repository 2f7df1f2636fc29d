using MailAdmin.Tests.Conventions;
using MailAdmin.Tests.Principals;
using static MailAdmin.Tests.Principals.JmapParameterUse;

namespace MailAdmin.Tests.Objects;

/// <summary>What each parameter of the cmdlets of objects does. There is the allowed address 192.0.2.1, $allowed.</summary>
internal sealed class ObjectParameters : JmapParameterTable
{
    private const string Get = "Get-MailObject";
    private const string New = "New-MailObject";
    private const string Set = "Set-MailObject";
    private const string Remove = "Remove-MailObject";

    public ObjectParameters()
    {
        // Its host does not resolve in the sandbox, and then nothing is reloaded.
        Prepare("Set-MailObject SpamPyzor -Property @{ enable = $false } -NoReload");
        Prepare("$allowed = New-MailObject AllowedIp @{ address = '192.0.2.1' } -NoReload");
    }

    public static IReadOnlyList<JmapParameterUse> Uses { get; } =
    [
        Works("Get-MailObjectType", "Name", "Http", "$output.Name -eq 'Http'"),
        Works("Get-MailObjectType", "Name", "*Ip", "$output.Name -contains 'AllowedIp' -and $output.Name -notcontains 'Http'"),

        Works(Get, "Type", "Http", "$output.Id -eq 'singleton'"),
        Works(Get, "Id", "AllowedIp $allowed.Id", "$output.address -eq '192.0.2.1'"),
        Works(Get, "Filter", "Account -Filter @{ name = 'jane' }", "@($output).Count -eq 1 -and $output.name -eq 'jane'"),
        IsRefused(Get, "Filter", "Account -Filter @{ nothing = 'jane' }", "no property 'nothing'"),
        Works(Get, "Property", "Account -Filter @{ name = 'jane' } -Property name", "$output.Property.Count -eq 1"),
        Works(Get, "First", "Account -First 2", "@($output).Count -eq 2"),
        Works(Get, "Skip", "Account -Skip 1", "@($output).Count -eq @(Get-MailObject Account).Count - 1"),
        Works(Get, "IncludeTotalCount", "Account -First 1 -IncludeTotalCount", "$output[0] -eq @(Get-MailObject Account).Count"),

        Works(New, "Type", "AllowedIp @{ address = '192.0.2.2' }", "@(Get-MailObject AllowedIp).Count -eq 2"),
        IsRefused(New, "Type", "Http @{ enableHsts = $true }", "Set-MailObject"),
        Works(New, "Property", "AllowedIp @{ address = '192.0.2.2' }", "(Get-MailObject AllowedIp $output.Id).address -eq '192.0.2.2'"),
        IsRefused(New, "Property", "AllowedIp @{ adress = '192.0.2.2' }", "adress"),
        // The reload is a change too.
        Works(New, "NoReload", "Domain @{ name = 'else.test' } -NoReload", "$changes.Invoke() -eq 1"),

        Works(Set, "Type", "Http -Property @{ enableHsts = $true }", "(Get-MailObject Http).enableHsts -eq $true"),
        Works(Set, "Id", "AllowedIp $allowed.Id -Property @{ reason = 'Office' }", "(Get-MailObject AllowedIp $allowed.Id).reason -eq 'Office'"),
        Works(Set, "Property", "Http -Property @{ enableHsts = $true }", "(Get-MailObject Http).enableHsts -eq $true"),
        IsRefused(Set, "Property", "Http -Property @{ enableHst = $true }", "enableHst"),
        Works(Set, "PassThru", "Http -Property @{ enableHsts = $true } -PassThru", "$output.enableHsts -eq $true"),
        Works(Set, "NoReload", "Http -Property @{ enableHsts = $true } -NoReload", "$changes.Invoke() -eq 1"),

        Works(Remove, "Type", "AllowedIp $allowed.Id -Force", "@(Get-MailObject AllowedIp).Count -eq 0"),
        Works(Remove, "Id", "AllowedIp $allowed.Id -Force", "@(Get-MailObject AllowedIp).Count -eq 0"),
        Works(Remove, "Force", "AllowedIp $allowed.Id -Force", "@(Get-MailObject AllowedIp).Count -eq 0"),
        Works(Remove, "NoReload", "AllowedIp $allowed.Id -Force -NoReload", "$changes.Invoke() -eq 1"),
    ];
}
