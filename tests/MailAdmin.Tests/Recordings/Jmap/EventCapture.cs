using System.Text;

namespace MailAdmin.Tests.Recordings.Jmap;

/// <summary>Takes in a body; where it is a live stream that would not end, hangs up after so many events.</summary>
internal sealed class EventCapture(int? lastEvent, CancellationTokenSource hangUp) : MemoryStream
{
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await base.WriteAsync(buffer, cancellationToken);
        if (lastEvent is { } last && Encoding.UTF8.GetString(ToArray()).Split("\n\n").Length > last)
        {
            await hangUp.CancelAsync();
        }
    }
}
