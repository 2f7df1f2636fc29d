using System.Text.Json;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Mail;

namespace MailAdmin.Sandbox.Delivery;

/// <summary>
/// Simulates a delivery without a message and reports each stage as it happens: look-ups, then host after host until one accepts. It
/// insists on STARTTLS with a certificate that verifies, whatever the queue does.
/// </summary>
/// <param name="remoteDomains">The domains to deliver to.</param>
/// <param name="names">What the stages are called.</param>
/// <param name="clock">The sandbox's clock.</param>
/// <param name="pace">The duration of the shortest step; zero: no step takes time.</param>
internal sealed class DeliveryTest(RemoteDomains remoteDomains, StageNames names, TimeProvider clock, TimeSpan pace)
{
    /// <summary>Tests an address, or a domain without the steps that need an address.</summary>
    /// <param name="target">The address or domain in lower case.</param>
    /// <param name="timeout">How long to wait for a host that does not respond.</param>
    /// <param name="events">Receives the stages.</param>
    /// <param name="cancellationToken">The caller has gone.</param>
    public async Task RunAsync(string target, TimeSpan timeout, ServerSentEventWriter events, CancellationToken cancellationToken)
    {
        var stages = new DeliveryStageWriter(events, clock, cancellationToken);
        int at = target.LastIndexOf('@');
        if (await LookUpAsync(target[(at + 1)..], stages).ConfigureAwait(false) is { } domain)
        {
            await FetchPolicyAsync(domain, stages).ConfigureAwait(false);
            await LookUpReportsAsync(domain, stages).ConfigureAwait(false);
            foreach ((int _, MailHost host) in domain.Exchangers)
            {
                await stages.WriteAsync("deliveryAttemptStart", json => json.WriteString("hostname"u8, host.Name)).ConfigureAwait(false);
                if (await PrepareAsync(domain, host, stages).ConfigureAwait(false)
                    && await new SmtpSession(host, stages, names, pace, timeout).RunAsync(at < 0 ? null : target).ConfigureAwait(false))
                {
                    break;
                }
            }
        }

        await stages.WriteAsync("completed").ConfigureAwait(false);
    }

    private async Task<RemoteDomain?> LookUpAsync(string name, DeliveryStageWriter stages)
    {
        await stages.WriteStartAsync("mxLookup", json => json.WriteString("domain"u8, name)).ConfigureAwait(false);
        RemoteDomain? domain = remoteDomains.Find(name);
        await stages.DelayAsync(domain is { DnsTimesOut: true } ? RemoteDomains.DnsTimeout : pace).ConfigureAwait(false);
        if (domain is { Exchangers.Count: > 0 })
        {
            await stages.WriteEndAsync("mxLookupSuccess", json => WriteExchangers(json, domain)).ConfigureAwait(false);
            return domain;
        }

        string reason = domain switch
        {
            { DnsTimesOut: true } => "DNS resolution error: request timed out",
            null when Uri.CheckHostName(name) != UriHostNameType.Dns => "DNS resolution error: not a name",
            _ => "DNS record not found",
        };
        await stages.WriteFailureAsync("mxLookupError", reason).ConfigureAwait(false);
        return null;
    }

    private async Task FetchPolicyAsync(RemoteDomain domain, DeliveryStageWriter stages)
    {
        await stages.WriteStartAsync("mtaStsFetch").ConfigureAwait(false);
        await stages.DelayAsync(2 * pace).ConfigureAwait(false);
        if (domain.MtaSts is { } policy)
        {
            await stages.WriteEndAsync("mtaStsFetchSuccess", json => WritePolicy(json, policy)).ConfigureAwait(false);
        }
        else
        {
            await stages.WriteEndAsync("mtaStsNotFound").ConfigureAwait(false);
        }
    }

    private async Task LookUpReportsAsync(RemoteDomain domain, DeliveryStageWriter stages)
    {
        await stages.WriteStartAsync("tlsRptLookup").ConfigureAwait(false);
        await stages.DelayAsync(pace).ConfigureAwait(false);
        if (domain.TlsReportAddresses.Count > 0)
        {
            await stages.WriteEndAsync("tlsRptLookupSuccess", json => WriteReportAddresses(json, domain)).ConfigureAwait(false);
        }
        else
        {
            await stages.WriteEndAsync("tlsRptNotFound").ConfigureAwait(false);
        }
    }

    /// <summary>The steps before a connection; false where there will be none.</summary>
    private async Task<bool> PrepareAsync(RemoteDomain domain, MailHost host, DeliveryStageWriter stages)
    {
        if (domain.MtaSts is { } policy)
        {
            if (!policy.Allows(host.Name))
            {
                await stages.WriteAsync("mtaStsVerifyError", json => json.WriteString("reason"u8, $"The policy does not name {host.Name}.")).ConfigureAwait(false);
                return false;
            }

            await stages.WriteAsync("mtaStsVerifySuccess").ConfigureAwait(false);
        }

        await stages.WriteStartAsync("tlsaLookup").ConfigureAwait(false);
        await stages.DelayAsync(pace).ConfigureAwait(false);
        if (host.Tlsa.Count > 0)
        {
            await stages.WriteEndAsync("tlsaLookupSuccess", json => WriteTlsa(json, host.Tlsa)).ConfigureAwait(false);
        }
        else
        {
            await stages.WriteFailureAsync(names.MissingTlsa, "No TLSA records found for MX").ConfigureAwait(false);
        }

        await stages.WriteStartAsync("ipLookup").ConfigureAwait(false);
        await stages.DelayAsync(pace).ConfigureAwait(false);
        await stages.WriteEndAsync("ipLookupSuccess", json =>
        {
            json.WriteStartArray(names.RemoteAddresses);
            json.WriteStringValue(host.Address.ToString());
            json.WriteEndArray();
        }).ConfigureAwait(false);
        return true;
    }

    private static void WriteExchangers(Utf8JsonWriter json, RemoteDomain domain)
    {
        json.WriteStartArray("mxs"u8);
        foreach (IGrouping<int, (int Preference, MailHost Host)> preference in domain.Exchangers.GroupBy(exchanger => exchanger.Preference))
        {
            json.WriteStartObject();
            json.WriteStartArray("exchanges"u8);
            foreach ((int _, MailHost host) in preference)
            {
                json.WriteStringValue($"{host.Name}.");
            }

            json.WriteEndArray();
            json.WriteNumber("preference"u8, preference.Key);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePolicy(Utf8JsonWriter json, MtaStsPolicy policy)
    {
        json.WriteStartObject("policy"u8);
        json.WriteString("id"u8, policy.Id);
        json.WriteString("mode"u8, policy.Mode);
        json.WriteStartArray("mx"u8);
        foreach (string pattern in policy.Hosts)
        {
            json.WriteStartObject();
            if (pattern.StartsWith("*.", StringComparison.Ordinal))
            {
                json.WriteString("startsWith"u8, pattern[2..]);
            }
            else
            {
                json.WriteString("equals"u8, pattern);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("max_age"u8, policy.MaxAge);
        json.WriteEndObject();
    }

    private static void WriteReportAddresses(Utf8JsonWriter json, RemoteDomain domain)
    {
        const string Mail = "mailto:";
        json.WriteStartArray("rua"u8);
        foreach (string address in domain.TlsReportAddresses)
        {
            bool isMail = address.StartsWith(Mail, StringComparison.Ordinal);
            json.WriteStartObject();
            json.WriteString("type"u8, isMail ? "mail" : "http");
            json.WriteString(isMail ? "email" : "url", isMail ? address[Mail.Length..] : address);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTlsa(Utf8JsonWriter json, IReadOnlyList<TlsaEntry> entries)
    {
        json.WriteStartObject("record"u8);
        json.WriteStartArray("entries"u8);
        foreach (TlsaEntry entry in entries)
        {
            json.WriteStartObject();
            json.WriteBoolean("is_end_entity"u8, entry.IsEndEntity);
            json.WriteBoolean("is_sha256"u8, entry.IsSha256);
            json.WriteBoolean("is_spki"u8, entry.IsPublicKey);
            json.WriteStartArray("data"u8);
            foreach (byte value in entry.Digest)
            {
                json.WriteNumberValue(value);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("has_end_entities"u8, entries.Any(entry => entry.IsEndEntity));
        json.WriteBoolean("has_intermediates"u8, entries.Any(entry => !entry.IsEndEntity));
        json.WriteEndObject();
    }
}
