// A host that remembers what was shown, 200 columns wide, and answers only what the test tells it to.
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;

namespace MailAdmin.Tests.Hosting;

internal sealed class CapturingHost : PSHost
{
    private readonly UserInterface _userInterface = new();

    // That of the test: the engine gives it to the threads that run pipelines.
    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;
    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;
    public override Guid InstanceId { get; } = Guid.NewGuid();
    public override string Name => "MailAdmin.Tests";
    public override PSHostUserInterface UI => _userInterface;
    public override Version Version { get; } = new(1, 0);

    public string Text => _userInterface.Text.ToString();

    /// <summary>What to choose when asked; null: nobody is there.</summary>
    public int? Choice { get => _userInterface.Choice; set => _userInterface.Choice = value; }

    /// <summary>Answer each question with Enter, which takes its default.</summary>
    public bool PressesEnter { get => _userInterface.PressesEnter; set => _userInterface.PressesEnter = value; }

    /// <summary>Answers the question for a credential, told the user name that is proposed; null = nobody is there.</summary>
    public Func<string, PSCredential>? OnCredential { get => _userInterface.OnCredential; set => _userInterface.OnCredential = value; }

    /// <summary>The questions that were asked.</summary>
    public List<string> Questions => _userInterface.Questions;

    public void Clear() => _userInterface.Text.Clear();

    /// <summary>Answers the question that ends the text shown so far; null = nobody is there.</summary>
    public Func<string, string>? Reply
    {
        get => _userInterface.Reply;
        set => _userInterface.Reply = value;
    }

    public override void EnterNestedPrompt() => throw new NotSupportedException();
    public override void ExitNestedPrompt() => throw new NotSupportedException();
    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }

    private sealed class UserInterface : PSHostUserInterface
    {
        public StringBuilder Text { get; } = new();

        public Func<string, string>? Reply { get; set; }

        public int? Choice { get; set; }

        public bool PressesEnter { get; set; }

        public Func<string, PSCredential>? OnCredential { get; set; }

        public List<string> Questions { get; } = [];

        public override PSHostRawUserInterface RawUI { get; } = new RawUserInterface();

        public override void Write(string value) => Text.Append(value);
        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Text.Append(value);
        public override void WriteLine(string value) => Text.AppendLine(value);
        public override void WriteDebugLine(string message) => Text.AppendLine(message);
        public override void WriteErrorLine(string value) => Text.AppendLine(value);
        public override void WriteVerboseLine(string message) => Text.AppendLine(message);
        public override void WriteWarningLine(string message) => Text.AppendLine(message);

        public override void WriteProgress(long sourceId, ProgressRecord record)
        {
        }

        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw new PSInvalidOperationException("The host is not interactive.");
        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
        {
            Questions.Add(message);
            return PressesEnter ? defaultChoice : Choice ?? throw new PSInvalidOperationException("The host is not interactive.");
        }

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => OnCredential?.Invoke(userName) ?? throw new PSInvalidOperationException("The host is not interactive.");
        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => OnCredential?.Invoke(userName) ?? throw new PSInvalidOperationException("The host is not interactive.");
        public override string ReadLine() => Reply?.Invoke(Text.ToString()) ?? throw new PSInvalidOperationException("The host is not interactive.");
        public override SecureString ReadLineAsSecureString() => new System.Net.NetworkCredential("", ReadLine()).SecurePassword;
    }

    private sealed class RawUserInterface : PSHostRawUserInterface
    {
        public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;
        public override Size BufferSize { get; set; } = new(200, 1000);
        public override Coordinates CursorPosition { get; set; }
        public override int CursorSize { get; set; } = 25;
        public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.White;
        public override bool KeyAvailable => false;
        public override Size MaxPhysicalWindowSize => BufferSize;
        public override Size MaxWindowSize => BufferSize;
        public override Coordinates WindowPosition { get; set; }
        public override Size WindowSize { get; set; } = new(200, 60);
        public override string WindowTitle { get; set; } = "";

        public override void FlushInputBuffer()
        {
        }

        public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotSupportedException();
        public override KeyInfo ReadKey(ReadKeyOptions options) => throw new NotSupportedException();
        public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw new NotSupportedException();
        public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw new NotSupportedException();
        public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw new NotSupportedException();
    }
}
