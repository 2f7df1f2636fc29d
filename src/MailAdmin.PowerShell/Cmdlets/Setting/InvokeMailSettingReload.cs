// Invoke-MailSettingReload: has the server take up its settings, and shows what it says of them.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Setting;

/// <summary>Reloads settings (GET /reload, /reload/lookup, /reload/certificate, /reload/server.blocked-ip). One error, and a full reload changes nothing.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "MailSettingReload", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(MailSettingProblem))]
public sealed class InvokeMailSettingReload : ConnectionCmdlet
{
    /// <summary>What to reload: All, or the lookup lists, the certificates or the blocked addresses alone.</summary>
    [Parameter(Position = 0)]
    [SingleValue]
    public ReloadScope Scope { get; set; }

    /// <summary>Only say what a full reload would find, as Test-MailSetting does.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    private protected override object? ErrorTarget => Scope;

    private protected override void Process()
    {
        // The server knows a dry run of everything only: of a part it would actually reload.
        if (DryRun && Scope != ReloadScope.All)
        {
            ThrowTerminatingError(SettingErrors.DryRunScopeNotSupported(Scope));
        }
        if (!DryRun && !ShouldAct(Scope == ReloadScope.All ? "all settings" : $"settings ({Scope})", "Reload"))
        {
            return;
        }
        IReadOnlyList<MailSettingProblem> problems = Pump.Wait(DryRun ? Client.Maintenance.TestAsync(Pump.Token) : Client.Maintenance.ReloadAsync(Scope, Pump.Token));
        WriteProblems(problems);
    }

    private void WriteProblems(IReadOnlyList<MailSettingProblem> problems)
    {
        foreach (MailSettingProblem problem in problems)
        {
            WriteObject(problem);
            if (problem.Severity == MailSettingSeverity.Error)
            {
                WriteError(SettingErrors.InvalidSetting(problem, Consequence));
            }
        }
    }

    private string Consequence => (DryRun.IsPresent, Scope) switch
    {
        (true, _) => "A reload would apply nothing.",
        (_, ReloadScope.All) => "The reload applied nothing.",
        _ => "This part was not applied, or only in part.",
    };
}
