namespace MailAdmin.Client.Api.Delivery;

/// <summary>Collects the stages of one test and sums up its result in one sentence.</summary>
internal sealed class DeliverySummaryBuilder(string target)
{
    private readonly List<MailDeliveryStage> _stages = [];
    private readonly List<MailDeliveryAttempt> _attempts = [];
    private MailDeliveryStage? _failure;

    /// <summary>The step that the test has reached, for the message when it is given up.</summary>
    public string CurrentPosition => _stages.Count == 0 ? "its beginning" : $"{DeliveryStep.Describe(_stages[^1].Step)}{(_stages[^1].Hostname is { } host ? $" of {host}" : "")}";

    public void Add(MailDeliveryStage stage)
    {
        if (StartsNewAttempt(stage))
        {
            EndAttempt();
        }
        _stages.Add(stage);
        if (stage.Outcome == DeliveryOutcome.Failed)
        {
            _failure = HasFailed ? _failure : stage;
        }
        // The server says QUIT after a refusal too, and goes on after a certificate that DANE forbids.
        else if (stage is { Step: var step, Outcome: DeliveryOutcome.Succeeded } && step == DeliveryStep.Quit && !HasFailed)
        {
            _failure = null;
            _attempts.Add(new MailDeliveryAttempt { Hostname = stage.Hostname ?? "", RemoteIp = stage.RemoteIp, Success = true, Step = DeliveryStep.Completed });
        }
    }

    /// <summary>The result, once the server says that the test is complete.</summary>
    public MailDeliverySummary Build()
    {
        EndAttempt();
        MailDeliveryAttempt? last = _attempts.FindLast(attempt => attempt.Success) ?? _attempts.LastOrDefault();
        MailDeliveryStage? lookup = _stages.Find(stage => stage is { Hostname: null, Outcome: DeliveryOutcome.Failed } && stage.Step == DeliveryStep.MxLookup);
        bool success = last is { Success: true };
        return new MailDeliverySummary
        {
            Target = target,
            Success = success,
            Verdict = success ? FormatSuccess(last!) : FormatFailure(lookup),
            Hostname = last?.Hostname,
            RemoteIp = last?.RemoteIp,
            Step = last?.Step ?? lookup?.Step ?? _stages.LastOrDefault()?.Step ?? DeliveryStep.Unknown,
            Reason = last is null ? lookup?.Reason : last.Reason,
            Attempt = new ItemList<MailDeliveryAttempt>(_attempts),
            Mx = _stages.Find(stage => stage.Mx.Count > 0)?.Mx ?? ItemList<MailExchanger>.Empty,
            MtaSts = _stages.Find(stage => stage.MtaSts is not null)?.MtaSts,
            TlsReportUri = _stages.Find(stage => stage.TlsReportUri.Count > 0)?.TlsReportUri ?? StringList.Empty,
            Elapsed = _stages.Aggregate(TimeSpan.Zero, (sum, stage) => sum + (stage.Elapsed ?? TimeSpan.Zero)),
            Stage = new ItemList<MailDeliveryStage>(_stages),
        };
    }

    // A failed look-up of TLSA records or of a policy does not end an attempt; what follows does, and is then the one remembered.
    private bool HasFailed => _failure is { } failure
        && failure.Step != DeliveryStep.TlsaLookup && failure.Step != DeliveryStep.MtaStsFetch && failure.Step != DeliveryStep.TlsRptLookup;

    // Another exchanger, or another address of the same one.
    private static bool StartsNewAttempt(MailDeliveryStage stage) => stage.Step == DeliveryStep.DeliveryAttempt
        || (stage.Outcome == DeliveryOutcome.Started && stage.Step == DeliveryStep.Connection);

    private void EndAttempt()
    {
        if (HasFailed && _failure is { Hostname: { } hostname } failure)
        {
            _attempts.Add(new MailDeliveryAttempt { Hostname = hostname, RemoteIp = failure.RemoteIp, Success = false, Step = failure.Step, Reason = failure.Reason });
        }
        _failure = null;
    }

    private string FormatSuccess(MailDeliveryAttempt taken) => target.Contains('@', StringComparison.Ordinal)
        ? $"{taken} for {target}."
        : $"{taken.Hostname}{(taken.RemoteIp is { } address ? $" [{address}]" : "")} answers for {target}, over TLS with a certificate that verifies. Test an address to see whether a recipient is accepted.";

    private string FormatFailure(MailDeliveryStage? lookup)
    {
        if (_attempts.Count == 0)
        {
            string where = lookup is null ? "No exchanger could be tried" : $"{Capitalize(DeliveryStep.Describe(lookup.Step))} failed{(lookup.Reason is { } reason ? $" ({reason})" : "")}";
            return $"No mail can be delivered to {target}. {where}.";
        }
        string tried = string.Join("; ", _attempts);
        string note = _attempts.Exists(attempt => attempt.Step == DeliveryStep.StartTls)
            ? " The test insists on STARTTLS with a certificate that verifies; a real delivery may do without."
            : "";
        return $"No host takes mail for {target}: {tried}.{note}";
    }

    private static string Capitalize(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
