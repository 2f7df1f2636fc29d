using System.Globalization;
using System.Management.Automation.Host;

namespace MailAdmin.Quickstart;

/// <summary>The smallest PowerShell host on a console that shows everything (output, progress, warnings, errors) and keeps the exit code.</summary>
internal sealed class ConsoleHost : PSHost
{
    private readonly ConsoleUserInterface _userInterface = new();

    /// <summary>What the script passed to <c>exit</c>; null when it did not.</summary>
    public int? ExitCode { get; private set; }

    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;
    public override CultureInfo CurrentUICulture { get; } = CultureInfo.CurrentUICulture;
    public override Guid InstanceId { get; } = Guid.NewGuid();
    public override string Name => "MailAdmin.Quickstart";
    public override PSHostUserInterface UI => _userInterface;
    public override Version Version { get; } = new(1, 0);

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() => throw new NotSupportedException("The quickstart has no prompt.");
    public override void ExitNestedPrompt() => throw new NotSupportedException("The quickstart has no prompt.");
    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
