using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Provisioning;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Provisioning;

/// <summary>A cell that is an object: a word of this module is read, anything else is refused and never an empty cell.</summary>
public sealed class NestedCellTests : IDisposable
{
    private readonly SandboxServer _server = HostedShell.CreateServer();
    private readonly HostedShell _shell;
    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin").FullName;

    public NestedCellTests()
    {
        _shell = HostedShell.CreateConnected(_server);
        _shell.SetVariable("folder", _folder);
    }

    public void Dispose()
    {
        _shell.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("Disabled = @{ a = 1 }", "Disabled")]
    [InlineData("Enabled = [pscustomobject]@{ Value = $false }", "Enabled")]
    [InlineData("Type = [pscustomobject]@{ Word = 'group' }", "Type")]
    [InlineData("Type = [pscustomobject]@{ Word = 'group'; Name = 'List' }", "Type")]
    [InlineData("Description = [ordered]@{ en = 'Sales' }", "Description")]
    [InlineData("Email = @('x@example.org', @{ a = 1 })", "Email")]
    [InlineData("MemberOf = , @(, @{ Name = 'sales' })", "MemberOf")]
    [InlineData("Quota = [Text.StringBuilder]::new()", "Quota")]
    [InlineData("Disabled = [object]::new()", "Disabled")]
    [InlineData("Role = [Collections.Generic.Dictionary[string,object]]::new()", "Role")]
    [InlineData("Disabled = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize([pscustomobject]@{ Value = $true }))", "Disabled")]
    public void An_object_in_a_cell_is_refused_with_its_column(string cell, string column)
    {
        MailImportResult result = _shell.Run($"[pscustomobject]@{{ Name = 'ann'; {cell} }} | Import-MailPrincipal -NoPassword -NoAddress").OutputAs<MailImportResult>().Single();
        (result.Action, result.Column, result.ErrorId).ShouldBe(("Failed", column, "CellInvalid"));
        _shell.Run($"[pscustomobject]@{{ Name = 'ann'; {cell} }} | New-MailPrincipal -NoPassword").Errors.ShouldHaveSingleItem().ToString().ShouldContain(column);
        _shell.Run("Get-MailPrincipal ann -ErrorAction Ignore").Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{ \"Name\": \"ann\", \"Description\": { \"en\": \"Ann\" } }", "Description")]
    [InlineData("{ \"Name\": \"ann\", \"Disabled\": [ { } ] }", "Disabled")]
    [InlineData("{ \"Name\": { \"first\": \"Ann\" } }", "Name")]
    public void So_it_is_in_a_file(string row, string column)
    {
        File.WriteAllText(Path.Combine(_folder, "x.json"), $"[{row}]");
        MailImportResult result = _shell.Run("Import-MailPrincipal $folder/x.json -NoPassword -NoAddress").OutputAs<MailImportResult>().Single();
        (result.Action, result.Column, result.ErrorId).ShouldBe(("Failed", column, "CellInvalid"));
    }

    [Theory]
    [InlineData("$old | Import-MailPrincipal")]
    [InlineData("$old | New-MailPrincipal")]
    [InlineData("[pscustomobject]@{ Name = 'team'; Email = @('team@example.org'); Type = [pscustomobject]@{ Word = 'group'; Name = 'Group'; PermissionPrefix = 'group' } } | Import-MailPrincipal")]
    [InlineData("[pscustomobject]@{ Name = 'team'; Email = @('team@example.org'); Type = [pscustomobject]@{ Word = 'group'; Name = 'Group'; PermissionPrefix = 'group' } } | New-MailPrincipal")]
    [InlineData("@{ Name = 'team'; Email = @('team@example.org'); Type = @{ Word = 'group'; Name = 'Group'; PermissionPrefix = 'group' } } | New-MailPrincipal")]
    [InlineData("[Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($old, 3)) | New-MailPrincipal")]
    [InlineData("[Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($old, 1)) | Import-MailPrincipal")]
    [InlineData("[IO.File]::WriteAllText(\"$folder/x.json\", '[{\"Type\":{\"Word\":\"group\",\"Name\":\"Group\",\"CanBeNamedByOthers\":true},\"Name\":\"team\",\"AdditionalData\":{\"a\":1}}]'); Import-MailPrincipal $folder/x.json -NoAddress")]
    [InlineData("[pscustomobject]@{ Name = 'team'; Type = $old.Type; PSComputerName = 'srv'; RunspaceId = [guid]::Empty; PSShowComputerName = $true; PSSourceJobInstanceId = [guid]::Empty } | New-MailPrincipal")]
    public void The_type_of_a_principal_stays_what_it_is(string command)
    {
        _shell.Run("New-MailPrincipal team -Type Group -Email team@example.org; $old = Get-MailPrincipal team; Remove-MailPrincipal team -Confirm:$false").ShouldHaveNoErrors();
        ScriptResult run = _shell.Run(command).ShouldHaveNoErrors();
        run.Warnings.ShouldBeEmpty();
        _shell.Run("Get-MailPrincipal team").OutputAs<MailPrincipal>().Single().Type.ShouldBe(PrincipalType.Group);
    }

    [Theory]
    [InlineData("$d = [Collections.Generic.Dictionary[string,object]]::new(); $d['Name'] = 'ann'; $d['Disabled'] = $true; , $d")]
    [InlineData("$d = [Dynamic.ExpandoObject]::new(); $d.Name = 'ann'; $d.Disabled = $true; , $d")]
    [InlineData("[pscustomobject]@{ Name = 'ann'; Disabled = $true; Description = [DBNull]::Value }")]
    public void A_dictionary_is_a_row(string row)
    {
        _shell.Run($"{row} | Import-MailPrincipal -NoPassword -NoAddress").ShouldHaveNoErrors().OutputAs<MailImportResult>().Single().Action.ShouldBe("Created");
        _shell.Run("Get-MailPrincipal ann").OutputAs<MailPrincipal>().Single().Enabled.ShouldBe(false);
    }

    [Fact]
    public void The_file_of_failed_rows_keeps_the_row_invalid_in_its_form() =>
        _shell.Run("[pscustomobject]@{ Name = 'ann'; Disabled = @{ a = 1 } } | Import-MailPrincipal -NoPassword -NoAddress -FailedPath $folder/f.csv -ErrorAction Ignore; Import-MailPrincipal $folder/f.csv -NoPassword -NoAddress -ErrorAction Ignore")
            .OutputAs<MailImportResult>().ShouldAllBe(result => result.Action == "Failed");
}
