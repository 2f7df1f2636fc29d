// Runs quickstart.ps1, or the script named as the argument, in a hosted PowerShell engine: no mail server and no installed PowerShell needed.
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text;
using MailAdmin.Quickstart;
using Microsoft.PowerShell;
using PS = System.Management.Automation.PowerShell;

const int Interrupted = 130;

var state = InitialSessionState.CreateDefault2();
if (OperatingSystem.IsWindows())
{
    // The default policy of a hosted engine would block every script file; other systems have no such policy.
    state.ExecutionPolicy = ExecutionPolicy.Bypass;
}

// Names beyond ASCII, whatever the console's code page.
Console.OutputEncoding = Encoding.UTF8;
var host = new ConsoleHost();
using Runspace runspace = RunspaceFactory.CreateRunspace(host, state);
runspace.Open();
using var shell = PS.Create(runspace);
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    shell.BeginStop(null, null);
};

shell.AddCommand(SampleFolder.File(args is [var script, ..] ? script : "quickstart.ps1"));
shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
shell.AddCommand("Out-Default");
try
{
    shell.Invoke();
    return host.ExitCode ?? 0;
}
catch (PipelineStoppedException)
{
    host.UI.WriteErrorLine("Stopped.");
    return Interrupted;
}
catch (RuntimeException e)
{
    host.UI.WriteErrorLine(e.ErrorRecord.ToString());
    host.UI.WriteErrorLine(e.ErrorRecord.ScriptStackTrace ?? "");
    return 1;
}
