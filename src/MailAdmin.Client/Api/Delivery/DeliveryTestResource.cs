// GET /troubleshoot/delivery/{target}, from 0.16 on GET /live/delivery/{target}: what would become of a mail, stage by stage.
using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MailAdmin.Client.Api.Delivery;
using MailAdmin.Client.Api.Streams;
using MailAdmin.Client.Http;

namespace MailAdmin.Client;

/// <summary>Delivery tests (docs/api.md §7.4). Nothing is delivered: the server goes as far as RCPT TO and quits.</summary>
public sealed class DeliveryTestResource
{
    // What the server does by itself; its waits are per step, and several look-ups may precede one.
    private static readonly TimeSpan s_stepTimeout = TimeSpan.FromSeconds(30);

    private static readonly SearchValues<char> s_invalidCharacters = SearchValues.Create(" \t\r\n,;*?<>");

    private readonly Connection _connection;
    private readonly OAuthResource _tokens;
    private readonly Operation _test;

    // The families have the same test at two addresses.
    internal DeliveryTestResource(Connection connection, OAuthResource tokens, Operation test) => (_connection, _tokens, _test) = (connection, tokens, test);

    /// <summary>
    /// Tests the delivery to an address or domain, and gives each stage as it happens (GET /troubleshoot/delivery/{target}, from 0.16 on GET /live/delivery/{target}); the last one holds the
    /// verdict. No message is sent.
    /// </summary>
    /// <param name="target">An address, or a domain: then no recipient is tried.</param>
    /// <param name="stepTimeout">How long the server waits at each step, in whole seconds; null = 30 seconds.</param>
    /// <param name="cancellationToken">Ends the test.</param>
    /// <returns>The stages in the server's order.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>troubleshoot</c> (from 0.16 on <c>liveDeliveryTest</c>); <c>Unreachable</c> or <c>TimedOut</c> when
    /// the stream ended before the test was complete.</exception>
    public async IAsyncEnumerable<MailDeliveryStage> RunAsync(string target, TimeSpan? stepTimeout, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string place = NormalizeTarget(target);
        var reader = new DeliveryStageReader(place);
        var verdict = new DeliverySummaryBuilder(place);
        await foreach (List<MailDeliveryStage> frame in CreateStream(place, stepTimeout, reader).ReadAsync(null, cancellationToken).ConfigureAwait(false))
        {
            foreach (MailDeliveryStage stage in frame)
            {
                if (stage.Step == DeliveryStep.Completed)
                {
                    yield return WithSummary(stage, verdict.Build());
                    yield break;
                }
                verdict.Add(stage);
                yield return stage;
            }
        }
        throw new MailServerException(MailErrorCode.Unreachable, _test, $"The server ended the test of '{place}' before it was complete. It stood at {verdict.CurrentPosition}. Run it again.");
    }

    private EventStream<List<MailDeliveryStage>> CreateStream(string target, TimeSpan? stepTimeout, DeliveryStageReader reader)
    {
        string? seconds = stepTimeout is { } given ? ((long)Math.Ceiling(given.TotalSeconds)).ToString(CultureInfo.InvariantCulture) : null;
        Uri address = _connection.Channel.Uri.ForQuery(_test, [new("timeout", seconds)], target);
        TimeSpan silence = (2 * (stepTimeout ?? s_stepTimeout)) + s_stepTimeout;
        var request = new EventStreamRequest<List<MailDeliveryStage>>(_test, address, StreamPurpose.Troubleshooting, silence, (name, data) => name == "event" ? ReadStages(data, reader) : []);
        return new EventStream<List<MailDeliveryStage>>(request, _connection.Channel, _connection.Session, _tokens, _connection.Time);
    }

    internal static List<MailDeliveryStage> ReadStages(ReadOnlySpan<byte> data, DeliveryStageReader reader)
    {
        var json = new Utf8JsonReader(data);
        using var frame = JsonDocument.ParseValue(ref json);
        return [.. frame.RootElement.EnumerateArray().Select(reader.Read)];
    }

    private static MailDeliveryStage WithSummary(MailDeliveryStage stage, MailDeliverySummary summary)
    {
        stage.Outcome = summary.Success ? DeliveryOutcome.Succeeded : DeliveryOutcome.Failed;
        stage.Hostname = summary.Hostname;
        stage.RemoteIp = summary.RemoteIp;
        stage.Elapsed = summary.Elapsed;
        stage.Reason = summary.Verdict;
        stage.Summary = summary;
        return stage;
    }

    private static string NormalizeTarget(string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        string trimmed = target.Trim();
        bool isPlace = trimmed.Length > 0 && !trimmed.StartsWith('@') && !trimmed.EndsWith('@') && !trimmed.AsSpan().ContainsAny(s_invalidCharacters);
        return isPlace ? trimmed.ToLowerInvariant() : throw new MailServerException(
            MailErrorCode.RejectedByClient, Operations.TestDelivery, $"'{target}' is neither an address nor a domain. One looks like jane@example.org, or example.org.")
        { Field = "target" };
    }
}
