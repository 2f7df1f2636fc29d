using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Setting;

/// <summary>Reports what a reload would find wrong with the settings (GET /reload?dry-run=1). Changes nothing. No output means that nothing is wrong.</summary>
[ManagementApiOnly("From 0.16 on the server has no check by itself. It checks an object when it is written: Set-MailObject says what it refuses. It checks all of them at a reload: Invoke-MailSettingReload says which one has an error, and then nothing is reloaded.")]
[Cmdlet(VerbsDiagnostic.Test, "MailSetting",
    HelpUri = HelpPages.Folder + "Test-MailSetting.md")]
[OutputType(typeof(MailSettingProblem), typeof(bool))]
public sealed class TestMailSetting : ConnectionCmdlet
{
    /// <summary>Return only true or false: true if no error prevents a reload.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override void Process()
    {
        IReadOnlyList<MailSettingProblem> problems = Pump.Wait(Client.Maintenance.TestAsync(Pump.Token));
        if (Quiet)
        {
            WriteObject(problems.All(problem => problem.Severity != MailSettingSeverity.Error));
        }
        else
        {
            WriteObject(problems, enumerateCollection: true);
        }
    }
}
