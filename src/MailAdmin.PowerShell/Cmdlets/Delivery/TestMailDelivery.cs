using System.Management.Automation;
using System.Runtime.CompilerServices;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Queue;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Delivery;

/// <summary>
/// Tests deliveries (GET /troubleshoot/delivery/{target}, from server 0.16 on GET /live/delivery/{target}): the server goes through every step up to RCPT TO and delivers nothing. Stages are
/// written as they happen; the last one has the verdict.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "MailDelivery", DefaultParameterSetName = AsStages,
    HelpUri = HelpPages.Folder + "Test-MailDelivery.md")]
[OutputType(typeof(MailDeliveryStage), ParameterSetName = [AsStages])]
[OutputType(typeof(MailDeliverySummary), ParameterSetName = [AsSummary])]
[OutputType(typeof(bool), ParameterSetName = [AsBoolean])]
public sealed class TestMailDelivery : StreamCmdlet
{
    private const string AsStages = "Stages";
    private const string AsSummary = "Summary";
    private const string AsBoolean = "Quiet";

    /// <summary>An address, or a domain (then no recipient is tried); recipients of queued messages, accounts and domains of the server too.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Address", "Email", "Domain")]
    [DeliveryTargetArgument]
    [ArgumentCompleter(typeof(QueueCompleter))]
    [ValidateNotNullOrEmpty]
    public DeliveryTarget[]? Recipient { get; set; }

    /// <summary>Return one object for each recipient, when its test has ended, in place of the stages.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AsSummary)]
    public SwitchParameter Summary { get; set; }

    /// <summary>Return only true or false for each recipient: whether a host would take the mail.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AsBoolean)]
    public SwitchParameter Quiet { get; set; }

    /// <summary>How many seconds the server waits at each step. Default: 30.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int? StepTimeoutSeconds { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (DeliveryTarget target in Recipient!)
        {
            TestTarget(target);
        }
    }

    private void TestTarget(DeliveryTarget target)
    {
        MailDeliveryStage? last = null;
        TimeSpan? step = StepTimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        bool inTime = Follow(
            token => RunAsync(target, step, token),
            stage =>
            {
                last = stage;
                return WriteStage(stage);
            },
            e => WriteItemError(e, target.AddressOrDomain));
        if (!inTime)
        {
            WriteItemError(CreateTimeoutException(target, last), target.AddressOrDomain);
        }
    }

    private async IAsyncEnumerable<MailDeliveryStage> RunAsync(DeliveryTarget target, TimeSpan? step, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string place = await SpellAsync(target.AddressOrDomain, cancellationToken).ConfigureAwait(false);
        await foreach (MailDeliveryStage stage in Client.DeliveryTest.RunAsync(place, step, cancellationToken).ConfigureAwait(false))
        {
            yield return stage;
        }
    }

    // As the server knows its own domain; as DNS knows every other.
    private async Task<string> SpellAsync(string addressOrDomain, CancellationToken cancellationToken)
    {
        int at = addressOrDomain.LastIndexOf('@');
        string domain = addressOrDomain[(at + 1)..];
        return DomainName.GetOtherSpelling(domain) is null
            ? addressOrDomain
            : addressOrDomain[..(at + 1)] + (await Client.Principals.FindDomainSpellingAsync(domain, cancellationToken).ConfigureAwait(false) ?? DomainName.ToAscii(domain));
    }

    private bool WriteStage(MailDeliveryStage stage)
    {
        if (ParameterSetName == AsStages)
        {
            WriteObject(stage);
            return true;
        }
        ShowProgress(stage);
        if (stage.Summary is { } summary)
        {
            WriteObject(Quiet ? summary.Success : summary);
            return true;
        }
        return false;
    }

    private void ShowProgress(MailDeliveryStage stage) => WriteProgress(new ProgressRecord(ProgressActivity.TestingDelivery, $"Testing the delivery to {stage.Target}", stage.Summary?.Verdict ?? stage.Stage)
    {
        CurrentOperation = stage.Hostname,
        RecordType = stage.Summary is null ? ProgressRecordType.Processing : ProgressRecordType.Completed,
    });

    private MailServerException CreateTimeoutException(DeliveryTarget target, MailDeliveryStage? last) => new(
        MailErrorCode.TimedOut,
        Operations.TestDelivery,
        $"The test of '{target}' did not finish within {TimeoutSeconds} seconds{(last is null ? "" : $"; the last stage was {last.Stage}{(last.Hostname is null ? "" : $" of {last.Hostname}")}")}. Allow it more time with -TimeoutSeconds, or each step less with -StepTimeoutSeconds.");
}
