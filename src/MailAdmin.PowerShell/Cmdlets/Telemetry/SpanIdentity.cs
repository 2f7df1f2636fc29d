using System.Globalization;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Telemetry;

/// <summary>The identity of a trace: its span id, a MailTrace, or an event of it. Never a double: ids are larger than 2^53.</summary>
public sealed class SpanIdentity : ServerIdentity
{
    // Not public: PowerShell would create an identity from anything that converts to a number.
    internal SpanIdentity(ulong id) => Id = id;

    /// <summary>The span id.</summary>
    public ulong Id { get; }

    /// <inheritdoc/>
    public override string ToString() => Id.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Creates identities from span ids, traces and their events.</summary>
internal sealed class SpanIdentityArgumentAttribute : IdentityArgumentAttribute<SpanIdentity>
{
    private protected override SpanIdentity? CreateIdentity(object value) => value switch
    {
        MailTrace trace => new SpanIdentity(trace.SpanId),
        MailTraceEvent { SpanId: { } span } => new SpanIdentity(span),
        MailTraceEvent => throw new ArgumentException("The event does not say which trace it belongs to: events of the live stream never do."),
        string text => ulong.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out ulong id)
            ? new SpanIdentity(id)
            : throw new ArgumentException($"'{text}' is not a span id. A span id looks like 342084653895266304."),
        double or float => throw new ArgumentException($"{InputText.Format(value)} is a floating-point number, in which a span id loses its last digits. Keep ids as [ulong] or as text."),
        byte or short or ushort or int or uint or long or ulong or decimal => FromNumber(Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
        _ => null,
    };

    private static SpanIdentity FromNumber(decimal number) => number is >= 0 and <= ulong.MaxValue && number == decimal.Truncate(number)
        ? new SpanIdentity((ulong)number)
        : throw new ArgumentException($"{InputText.Format(number)} is not a span id. A span id looks like 342084653895266304.");
}
