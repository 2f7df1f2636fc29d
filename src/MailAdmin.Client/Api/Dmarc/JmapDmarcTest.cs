using System.Text.Json;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Dmarc;

/// <summary>The test of a server from 0.16 on: an action (docs/api-0.16.md §8.8).</summary>
internal sealed class JmapDmarcTest(JmapChannel channel) : IDmarcTest
{
    // Two of the results must be sent, and not be empty; what they say is not read (docs/api-0.16.md, trap 40).
    private const string AnyText = "-";

    private const string MailFrom = "mailFrom";

    private readonly JmapActions _actions = new(channel);

    public void Check(DmarcQuery query)
    {
        if (query.From.Length == 0)
        {
            throw MailServerException.CreateUnsupported(Operations.CallJmap, nameof(query.From), "from 0.16 on the test takes no bounce: the envelope needs a sender. Specify -From, such as postmaster@ and the name of the sending host, whose SPF counts for a bounce.");
        }
    }

    public async Task<MailDmarcResult> TestAsync(DmarcQuery query, CancellationToken cancellationToken)
    {
        try
        {
            return DmarcResultReader.ReadAction(await _actions.AskAsync("TroubleshootDmarc", writer => Write(writer, query), cancellationToken).ConfigureAwait(false));
        }
        catch (MailServerException e)
        {
            throw InvalidValues.ExplainDomain(e, $"'{query.From}' as a sender", MailFrom);
        }
    }

    private static void Write(Utf8JsonWriter writer, DmarcQuery query)
    {
        writer.WriteString("remoteIp"u8, WireAddress.Format(query.RemoteIp));
        writer.WriteString("ehloDomain"u8, query.EhloDomain);
        writer.WriteString(MailFrom, query.From);
        writer.WriteString("spfEhloDomain"u8, AnyText);
        writer.WriteString("spfMailFromDomain"u8, AnyText);
        if (!query.Message.IsEmpty)
        {
            writer.WriteString("message"u8, query.Message.Span);
        }
    }
}
