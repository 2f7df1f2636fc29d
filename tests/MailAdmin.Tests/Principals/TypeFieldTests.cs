// A field that a type of principal does not have is refused on every way in, and what is there all the same, made by other means, is left alone.
using MailAdmin.Client;
using MailAdmin.Client.Api.Principals;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

public sealed class TypeFieldTests : IDisposable
{
    private readonly SandboxServer _server = HostedShell.CreateServer(enterprise: true);
    private readonly HostedShell _shell;

    public TypeFieldTests()
    {
        _shell = HostedShell.CreateConnected(_server);
        _shell.Run("""
            foreach ($type in 'Individual', 'Group', 'List', 'Role', 'Tenant', 'ApiKey', 'OauthClient', 'Resource', 'Location') { $null = New-MailPrincipal "a$type" -Type $type -NoPassword:($type -eq 'Individual') -NoAddress:($type -eq 'Individual') }
            $null = New-MailPrincipal a.domain -Type Domain
            $null = New-MailPrincipal crew -Type Group; $null = New-MailPrincipal news -Type List; $null = New-MailPrincipal clerk -Type Role
            """).ShouldHaveNoErrors();
    }

    public void Dispose() => _shell.Dispose();

    private string[] Writes => [.. _server.RequestLog.Where(line => !line.StartsWith("GET", StringComparison.Ordinal) && line.Contains("/api/principal", StringComparison.Ordinal))];

    // Written out, so that a line of the table that is lost is found here.
    public static TheoryData<string, string, string> Fields => new()
    {
        { "Email", "TYPE@example.org", "Individual Group List ApiKey OauthClient Resource Location" },
        { "MemberOf", "crew", "Individual Group" },
        { "List", "news", "Individual Group" },
        { "Role", "clerk", "Individual Role Tenant ApiKey" },
        { "Member", "aIndividual", "Group List Location" },
        { "ExternalMember", "x@example.com", "List" },
        { "Quota", "5GB", "Individual Group Tenant" },
        { "EnabledPermission", "email-send", "Individual Role Tenant ApiKey" },
        { "DisabledPermission", "email-send", "Individual Role Tenant ApiKey" },
        { "Description", "x", "Individual Group List Domain Role Tenant ApiKey OauthClient Resource Location" },
        { "Url", "https://example.org", "Individual Group List Domain Role Tenant ApiKey OauthClient Resource Location" },
    };

    [Theory]
    [MemberData(nameof(Fields))]
    public void New_Set_and_Import_have_the_same_rule(string field, string value, string types)
    {
        foreach (PrincipalType type in PrincipalType.Known)
        {
            CheckRule(field, value.Replace("TYPE", type.Name, StringComparison.Ordinal), type.Name, types.Split(' ').Contains(type.Name));
        }
    }

    private void CheckRule(string field, string value, string type, bool isTaken)
    {
        string name = type == "Domain" ? "a.domain" : $"a{type}";
        string fresh = type == "Domain" ? "b.domain" : $"b{type}";
        string individual = type == "Individual" ? "-NoPassword -NoAddress" : "";
        // The server changes the roles of an API key only as it is created, and that of an import needs its secret.
        bool isKey = type == "ApiKey";
        string[] scripts =
        [
            $"New-MailPrincipal {fresh} -Type {type} -{field} {value} {individual} -WhatIf",
            $"[pscustomobject]@{{ Name = '{fresh}'; Type = '{type}'; {field} = '{value}' {(isKey ? "; Password = 'a secret for the test'" : "")} }} | Import-MailPrincipal {individual} -WhatIf -ErrorAction Continue",
            .. isKey && field == "Role" ? [] : (string[])
            [
                $"Set-MailPrincipal {name} -{field} {value} -WhatIf",
                $"[pscustomobject]@{{ Name = '{name}'; Type = '{type}'; {field} = '{value}' }} | Import-MailPrincipal -WhatIf -ErrorAction Continue",
                $"Set-MailPrincipal {name} -{field} {value}",
            ],
        ];
        foreach (string script in scripts)
        {
            int before = Writes.Length;
            ScriptResult run = _shell.Run(script);
            if (isTaken)
            {
                run.ShouldHaveNoErrors();
                continue;
            }
            string error = run.Errors.ShouldHaveSingleItem(script).ToString();
            // A role has members, and no account among them; of those that a change adds, the server itself says so.
            bool isOtherMember = field == "Member" && TypeFields.CanHave(PrincipalType.Parse(type), PrincipalField.Members);
            error.ShouldContain(isOtherMember ? "cannot be a member" : $"of type {type} has no {field}", Case.Sensitive, script);
            if (!isOtherMember || !script.StartsWith("Set", StringComparison.Ordinal))
            {
                Writes.Length.ShouldBe(before, script);
            }
        }
    }

    [Theory]
    [InlineData("Set-MailPrincipal a.domain -Email x@example.org")]
    [InlineData("Get-MailPrincipal a.domain | Set-MailPrincipal -AddEmail x@example.org -Confirm:$false")]
    [InlineData("Set-MailPrincipal crew -AddMember press@example.com")]
    [InlineData("New-MailPrincipal crew2 -Type Group -Member press@example.com")]
    [InlineData("New-MailPrincipal crew2 -Type Group -Member clerk")]
    [InlineData("Set-MailPrincipal aApiKey -AddRole clerk")]
    [InlineData("[pscustomobject]@{ Name = 'crew'; Type = 'Group'; Member = 'press@example.com' } | Import-MailPrincipal")]
    [InlineData("[pscustomobject]@{ Name = 'crew'; Type = 'Group'; Tenant = 'clerk' } | Import-MailPrincipal -WhatIf")]
    public void What_is_refused_sends_nothing(string script)
    {
        int before = Writes.Length;
        _shell.Run(script).Errors.ShouldHaveSingleItem();
        Writes.Length.ShouldBe(before);
    }

    [Fact]
    public void What_a_server_holds_all_the_same_may_stay_and_may_go()
    {
        _shell.Run("""
            $null = Invoke-MailApi principal -Method Post -Body @{ type = 'group'; name = 'odd'; externalMembers = @('x@example.com'); enabledPermissions = @('email-send') } -Confirm:$false
            """).ShouldHaveNoErrors();
        ScriptResult import = _shell.Run("(Get-MailPrincipal odd | Import-MailPrincipal).Action").ShouldHaveNoErrors();
        import.Output.ShouldHaveSingleItem().ToString().ShouldBe("Unchanged");
        _shell.Run("Set-MailPrincipal odd -ExternalMember x@example.com; Set-MailPrincipal odd -RemoveExternalMember x@example.com -Clear EnabledPermission").ShouldHaveNoErrors();
        MailPrincipal odd = _shell.Run("Get-MailPrincipal odd").OutputAs<MailPrincipal>().Single();
        (odd.ExternalMember!.Count, odd.EnabledPermission!.Count).ShouldBe((0, 0));
    }

    [Fact]
    public void What_a_later_server_has_is_left_to_it()
    {
        var later = PrincipalType.FromWire("other");
        TypeFields.CanHave(later, PrincipalField.Quota).ShouldBeTrue();
        TypeFields.CanBeMember(later, PrincipalType.Individual).ShouldBeTrue();
        TypeFields.CanHave(PrincipalType.Domain, "laterField").ShouldBeTrue();
    }
}
