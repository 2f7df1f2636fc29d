using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace MailAdmin.Quickstart;

/// <summary>Writes the engine's streams to the console. It never prompts: the quickstart runs without a keyboard.</summary>
internal sealed class ConsoleUserInterface : PSHostUserInterface
{
    private readonly ProgressLine _progress = new(Console.Out, Console.IsOutputRedirected);

    public override PSHostRawUserInterface RawUI { get; } = new ConsoleRawUserInterface();

    // Views come with colours; a file, a log, an old console or a person who set NO_COLOR wants none.
    public override bool SupportsVirtualTerminal { get; } = !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && (!OperatingSystem.IsWindows() || Environment.GetEnvironmentVariable("WT_SESSION") is not null);

    public override void Write(string value) => _progress.WriteAbove(() => Console.Write(GetOutputString(value, SupportsVirtualTerminal)));

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value) => _progress.WriteAbove(() => Console.WriteLine(GetOutputString(value, SupportsVirtualTerminal)));

    public override void WriteErrorLine(string value) => _progress.WriteAbove(() => Console.Error.WriteLine(GetOutputString(value, SupportsVirtualTerminal)));

    public override void WriteWarningLine(string message) => WriteLine($"WARNING: {message}");

    public override void WriteVerboseLine(string message) => WriteLine($"VERBOSE: {message}");

    public override void WriteDebugLine(string message) => WriteLine($"DEBUG: {message}");

    public override void WriteProgress(long sourceId, ProgressRecord record) => _progress.Show(record);

    public override string ReadLine() => throw CreatePromptException();

    public override SecureString ReadLineAsSecureString() => throw CreatePromptException();

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw CreatePromptException();

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) => throw CreatePromptException();

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw CreatePromptException();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options)
        => throw CreatePromptException();

    private static HostException CreatePromptException() => new("The quickstart runs unattended and cannot prompt.");
}
