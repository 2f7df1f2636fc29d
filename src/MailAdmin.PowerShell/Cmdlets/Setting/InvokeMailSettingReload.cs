using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Setting;

/// <summary>Reloads settings and returns what the server finds wrong with them (GET /reload, /reload/lookup, /reload/certificate, /reload/server.blocked-ip; from server 0.16 on x:Action/set). After a single error, a full reload applies nothing.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "MailSettingReload", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low,
    HelpUri = HelpPages.Folder + "Invoke-MailSettingReload.md")]
[OutputType(typeof(MailSettingProblem))]
public sealed class InvokeMailSettingReload : ConnectionCmdlet
{
    /// <summary>What to reload: all settings, or only the lookup lists, the certificates or the blocked addresses.</summary>
    [Parameter(Position = 0)]
    [SingleValue]
    public ReloadScope Scope { get; set; }

    /// <summary>Only report what a full reload would find, as Test-MailSetting does. Not from server 0.16 on.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    private protected override object? ErrorTarget => Scope;

    private protected override void Process()
    {
        if (DryRun)
        {
            Client.Maintenance.CheckDryRun();
        }
        // The server has a dry run of all settings only; a part would actually be reloaded.
        if (DryRun && Scope != ReloadScope.All)
        {
            ThrowTerminatingError(SettingErrors.DryRunScopeNotSupported(Scope));
        }
        if (!DryRun && !(PassesDryRun((dry, token) => dry.Maintenance.ReloadAsync(Scope, token), Scope) && ShouldAct(Scope == ReloadScope.All ? "all settings" : $"settings ({Scope})", "Reload")))
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
