using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.Isolated.Mime;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Cmdlets.Message;
using MailAdmin.PowerShell.Cmdlets.Principal;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Module;

namespace MailAdmin.PowerShell.Cmdlets.Spam;

/// <summary>
/// Trains the spam filter with messages: files, folders, Maildirs, mboxes (POST /spam-filter/train/{class}[/{account}]; from server 0.15 on POST /spam-filter/upload/{class}[/{account}] and GET
/// /spam-filter/train/start; from server 0.16 on POST /jmap/upload/{account}/, x:SpamTrainingSample/set and x:Task/set). Before 0.15 the server learns from each message at once; from then on it stores samples and learns from them on its
/// own schedule, or now with -StartTraining.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "MailSpamTraining", DefaultParameterSetName = StartOnly, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low,
    HelpUri = HelpPages.Folder + "Invoke-MailSpamTraining.md")]
[OutputType(typeof(MailSpamTrainingResult), typeof(MailTask))]
public sealed class InvokeMailSpamTraining : MessageCmdlet
{
    private const string StartOnly = "Start";

    // What the server would say of it, it would say of each.
    private static readonly byte[] s_anyMessage = [.. "Subject: Any\r\n\r\nAny"u8];

    private TrainingProgress? _progress;
    private bool? _mayTrain;
    private string? _account;
    private int _storedCount;
    private bool _hasInput;

    /// <summary>Whether the messages are examples of Spam or of Ham (wanted mail).</summary>
    [Parameter(Position = 1, Mandatory = true, ParameterSetName = ByPath)]
    [Parameter(Mandatory = true, ParameterSetName = ByLiteralPath)]
    [Parameter(Mandatory = true, ParameterSetName = ByMessage)]
    [SingleValue]
    public SpamClass Class { get; set; }

    /// <summary>The account whose filter learns, as a name, an address or the object. Default: the filter for all accounts.</summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [Parameter(ParameterSetName = ByMessage)]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    [PrincipalIdentityArgument(Parameter = nameof(Account))]
    [ValidateNotNullOrEmpty]
    [ValidateCount(1, 1)]
    public PrincipalIdentity[]? Account { get; set; }

    /// <summary>How the messages are stored: Eml is one message a file, Maildir a folder with cur and new, Mbox many messages a file. Default: Auto, which detects it; of any other folder it takes the .eml, .emlx and .eml.gz files.</summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [SingleValue]
    public MessageFormat Format { get; set; }

    /// <summary>Include the files of subfolders.</summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Make a server from 0.15 on learn from its samples now, including those of earlier calls. Older servers learn at once anyway.</summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [Parameter(ParameterSetName = ByMessage)]
    [Parameter(Mandatory = true, ParameterSetName = StartOnly)]
    [Alias("Start")]
    public SwitchParameter StartTraining { get; set; }

    private string Action => $"Train as {Class.ToString().ToLowerInvariant()}{(_account is null ? "" : $" for account '{_account}'")}";

    /// <inheritdoc/>
    private protected override void Begin()
    {
        if (ParameterSetName == StartOnly && !StartTraining)
        {
            ThrowTerminating(new ArgumentException("Specify messages with -Path or -Message, or specify -StartTraining."), null);
        }
        if (Account is [var identity])
        {
            _account = ResolveAccountName(identity);
        }
        _progress = new TrainingProgress(this, $"Training the spam filter with {Class.ToString().ToLowerInvariant()}");
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        _hasInput = true;
        if (ParameterSetName == StartOnly)
        {
            return;
        }
        if (IsMessageMissing)
        {
            WriteError(MessageErrors.MessageNotSpecified());
            return;
        }
        if (ParameterSetName == ByMessage)
        {
            if (MayTrain() && (ShouldAct("the message", Action) || WhatIfRequested))
            {
                TrainMessage(LocalMessage.FromBytes(Message!), null, null);
            }
            return;
        }
        foreach ((string given, IReadOnlyList<string> found) in ResolveLocations())
        {
            TrainFiles(given, [.. found.SelectMany(GetMessageFiles)]);
        }
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        base.End();
        _progress!.Complete();
        // If nothing was piped, or nothing that could be bound, the training is not started.
        if (StartTraining && _hasInput)
        {
            BeginTraining();
        }
        else if (_storedCount > 0)
        {
            WriteWarning("The server has stored the messages and learns from them at its next scheduled training. To start the training now: Invoke-MailSpamTraining -StartTraining");
        }
    }

    private string ResolveAccountName(PrincipalIdentity identity)
    {
        try
        {
            return AccountLookup.GetInvalidReason(identity, $"Invoke-MailSpamTraining -Account {WildcardExtensions.QuoteLiterally(identity.Name)}") is { } reason
                ? throw new ArgumentException(reason)
                : Pump.Wait(AccountLookup.ResolveNameAsync(Client, identity, Pump.Token));
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            ThrowTerminating(e, identity.Name);
            throw;
        }
    }

    private IReadOnlyList<string> GetMessageFiles(string path)
    {
        if (!Directory.Exists(path))
        {
            return [path];
        }
        bool isComplete = true;
        var leftOut = new List<string>();
        IReadOnlyList<string> files = MessageFolder.ListFiles(path, Format, Recurse, (folder, e) =>
        {
            isComplete = false;
            WriteError(ErrorCatalogue.WithItemName(e, $"'{folder}'", folder));
        }, leftOut);
        if (files.Count == 0 && isComplete)
        {
            WriteError(MessageErrors.MessagesNotFound(path, Format));
        }
        else if (leftOut.Count > 0 && files.Count > 0)
        {
            WriteWarning($"{leftOut.Count} {(leftOut.Count == 1 ? "file" : "files")} of '{path}' left out, such as '{System.IO.Path.GetFileName(leftOut[0])}': in a folder, messages are taken from {(Format == MessageFormat.Mbox ? ".mbox" : ".eml, .emlx and .eml.gz")} files. Name other files, or use -Format.");
        }
        return files;
    }

    /// <inheritdoc/>
    private protected override void WriteUnreadableFile(string file, Exception exception) => Start(file, _ => Task.CompletedTask, () => WriteFailed(
        new MailSpamTrainingResult { Path = file, Class = Class, Account = _account },
        exception.Message,
        failed => ErrorCatalogue.WithItemName(exception, $"'{file}'", failed)));

    // The same of each message.
    private bool MayTrain() => _mayTrain ??= PassesDryRun((dry, token) => dry.Spam.TrainAsync(s_anyMessage, Class, _account, token), _account);

    private void TrainFiles(string given, IReadOnlyList<string> files)
    {
        if (files.Count == 0 || !MayTrain() || !(ShouldAct(files.Count == 1 ? files[0] : $"{given} ({files.Count} files)", Action) || WhatIfRequested))
        {
            return;
        }
        if (files.Count > 1 && Client.EstimateDuration(files.Count) is { } duration)
        {
            WriteWarning($"The account may make 1,000 calls a minute: {files.Count} messages will take about {DurationText.Format(duration)}. The permission unlimited-requests lifts the limit.");
        }
        bool isMbox = false;
        for (int i = 0; i < files.Count; i++)
        {
            int completedFiles = i;
            ReadMessages(files[i], Format, message =>
            {
                isMbox |= message.Number is not null;
                // Single files from the pipeline: how many more will come is not known.
                double? progress = files.Count == 1 && !isMbox ? null : (completedFiles + message.FileProgress) / files.Count;
                TrainMessage(message, progress, isMbox || files.Count == 1 ? null : files.Count);
            });
        }
    }

    // With -WhatIf the message is read and not sent: what is wrong with it is told all the same.
    private void TrainMessage(LocalMessage message, double? progress, int? total)
    {
        MessageError? error = ValidateMessage(message, out MessageInfo? facts)
            ?? (Client.Spam.NeedsSubjectOrFrom && facts is { HasFrom: false } && string.IsNullOrEmpty(facts.Subject) ? MessageError.NoSubjectOrFrom(message) : null);
        var result = new MailSpamTrainingResult
        {
            Path = message.Path,
            Number = message.Number,
            Offset = message.Offset,
            MessageId = facts?.MessageId,
            Subject = facts?.Subject,
            Size = message.Size,
            Class = Class,
            Account = _account,
        };
        if (error is not null)
        {
            Start(message.DisplayName, _ => Task.CompletedTask, () =>
            {
                ReportProgress(message, progress, total);
                WriteFailed(result, error.Message, failed => MessageErrors.FromMessageError(error, failed));
            });
            return;
        }
        if (WhatIfRequested)
        {
            return;
        }
        string? account = _account;
        Start(
            message.DisplayName,
            token => Client.Spam.TrainAsync(message.Content!, Class, account, token),
            status =>
            {
                ReportProgress(message, progress, total);
                _storedCount += status == SpamTrainingStatus.Stored ? 1 : 0;
                result.Status = status;
                WriteObject(result);
            },
            e =>
            {
                ReportProgress(message, progress, total);
                WriteFailure(result, message, e);
            });
    }

    private void ReportProgress(LocalMessage message, double? progress, int? total) => _progress!.Step(message.Path is null ? "" : System.IO.Path.GetFileName(message.Path), progress, total);

    // A message that fails gets a result of its own, and the others go on.
    private void WriteFailure(MailSpamTrainingResult result, LocalMessage message, Exception error)
    {
        if (error is MailServerException { Code: MailErrorCode.NotFound or MailErrorCode.Forbidden or MailErrorCode.Unsupported } fatal)
        {
            // The account is missing or not permitted, or the server has no such call: every further message would fail in the same way.
            ThrowTerminating(fatal, (object?)_account ?? message.DisplayName);
        }
        if (error is not MailServerException || ErrorCatalogue.IsTerminating(error))
        {
            WriteItemError(error, message.DisplayName);
            return;
        }
        WriteFailed(result, error.Message, failed => ErrorCatalogue.WithItemName(error, message.DisplayName, failed));
    }

    private void WriteFailed(MailSpamTrainingResult failed, string message, Func<MailSpamTrainingResult, ErrorRecord> describe)
    {
        (failed.Status, failed.Error) = (SpamTrainingStatus.Failed, message);
        failed.ErrorId = ErrorCatalogue.GetErrorId(describe(failed));
        WriteObject(failed);
        WriteError(describe(failed));
    }

    private void BeginTraining()
    {
        if (Client.Spam.StoresSamples == false)
        {
            WriteVerbose("This server learns from each message at once: there is nothing to start.");
            return;
        }
        if (!PassesDryRun((dry, token) => dry.Spam.StartTrainingAsync(token), Client.BaseUri.Host) || !ShouldAct(Client.BaseUri.Host, "Start the training of the spam filter"))
        {
            return;
        }
        try
        {
            SpamTrainingStart start = Pump.Wait(Client.Spam.StartTrainingAsync(Pump.Token));
            if (start.Task is { } task)
            {
                WriteObject(task);
            }
            else if (start.IsStarted)
            {
                WriteVerbose("The server has started to learn from its samples in the background.");
            }
            else
            {
                WriteWarning("The server did not start the training; one may be running already. It learns from later samples at the next training.");
            }
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.Unsupported)
        {
            WriteVerbose("This server has no training to start: before 0.15, it learns from each message at once.");
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            WriteItemError(e, Client.BaseUri.Host);
        }
    }
}
