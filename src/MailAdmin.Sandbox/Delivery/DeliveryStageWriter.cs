using System.Text.Json;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Delivery;

/// <summary>Writes the stages of a delivery test, each an event with an array of one.</summary>
internal sealed class DeliveryStageWriter(ServerSentEventWriter events, TimeProvider clock, CancellationToken cancellationToken)
{
    private long _startedAt = clock.GetTimestamp();

    /// <summary>A stage that takes no time.</summary>
    public Task WriteAsync(string type, Action<Utf8JsonWriter>? writeFields = null) => events.WriteAsync(
        "event",
        json =>
        {
            json.WriteStartArray();
            json.WriteStartObject();
            json.WriteString("type"u8, type);
            writeFields?.Invoke(json);
            json.WriteEndObject();
            json.WriteEndArray();
        },
        cancellationToken);

    /// <summary>The beginning of a step.</summary>
    public Task WriteStartAsync(string step, Action<Utf8JsonWriter>? writeFields = null)
    {
        _startedAt = clock.GetTimestamp();
        return WriteAsync($"{step}Start", writeFields);
    }

    /// <summary>How a step ended, with the milliseconds that it took.</summary>
    public Task WriteEndAsync(string type, Action<Utf8JsonWriter>? writeFields = null)
    {
        long elapsed = (long)clock.GetElapsedTime(_startedAt).TotalMilliseconds;
        return WriteAsync(type, json =>
        {
            writeFields?.Invoke(json);
            json.WriteNumber("elapsed"u8, elapsed);
        });
    }

    /// <summary>A step that failed.</summary>
    public Task WriteFailureAsync(string type, string reason) => WriteEndAsync(type, json => json.WriteString("reason"u8, reason));

    /// <summary>Waits on the sandbox's clock.</summary>
    public Task DelayAsync(TimeSpan delay) => delay == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(delay, clock, cancellationToken);
}
