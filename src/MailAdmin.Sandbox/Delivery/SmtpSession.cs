using MailAdmin.Sandbox.Mail;

namespace MailAdmin.Sandbox.Delivery;

/// <summary>The SMTP session with one host of a delivery test, from the connection to QUIT.</summary>
internal sealed class SmtpSession(MailHost host, DeliveryStageWriter stages, StageNames names, TimeSpan pace, TimeSpan timeout)
{
    /// <summary>Runs the session; true if the host accepted every command.</summary>
    /// <param name="recipient">The recipient; null to test a domain.</param>
    public async Task<bool> RunAsync(string? recipient)
    {
        if (!await ConnectAsync().ConfigureAwait(false) || !await StartTlsAsync().ConfigureAwait(false))
        {
            return false;
        }

        await VerifyTlsaAsync().ConfigureAwait(false);
        await RunStepAsync("ehlo", pace).ConfigureAwait(false);
        bool isAccepted = recipient is null
            || (await RunStepAsync("mailFrom", pace).ConfigureAwait(false) && await RunStepAsync("rcptTo", 2 * pace, FindRefusal(recipient)).ConfigureAwait(false));

        // QUIT is sent even to a host that refused.
        await stages.WriteStartAsync("quit").ConfigureAwait(false);
        await stages.DelayAsync(pace).ConfigureAwait(false);
        await stages.WriteEndAsync("quitCompleted").ConfigureAwait(false);
        return isAccepted;
    }

    /// <summary>Compares the certificate with the TLSA records. The test goes on either way.</summary>
    private async Task VerifyTlsaAsync()
    {
        if (host.Tlsa.Count == 0)
        {
            return;
        }

        if (host.MatchesTlsa)
        {
            await stages.WriteAsync("daneVerifySuccess").ConfigureAwait(false);
        }
        else
        {
            await stages.WriteAsync("daneVerifyError", json => json.WriteString("reason"u8, "The certificate matches none of the TLSA records.")).ConfigureAwait(false);
        }
    }

    private async Task<bool> ConnectAsync()
    {
        await stages.WriteStartAsync("connection", json => json.WriteString(names.RemoteAddress, host.Address.ToString())).ConfigureAwait(false);
        await stages.DelayAsync(pace).ConfigureAwait(false);
        if (host.Behaviour == RemoteHostBehaviour.RefusesConnections)
        {
            await stages.WriteFailureAsync("connectionError", "I/O error: Connection refused (os error 111)").ConfigureAwait(false);
            return false;
        }

        await stages.WriteEndAsync("connectionSuccess").ConfigureAwait(false);
        return await RunStepAsync("readGreeting", host.NeverGreets ? timeout : 2 * pace, host.NeverGreets ? "Timeout" : null).ConfigureAwait(false)
            && await RunStepAsync("ehlo", pace).ConfigureAwait(false);
    }

    private Task<bool> StartTlsAsync() => RunStepAsync("startTls", 3 * pace, host switch
    {
        { OffersStartTls: false } => "STARTTLS not advertised by host",
        { HasValidCertificate: false } => "TLS error: invalid peer certificate: UnknownIssuer",
        _ => null,
    });

    private string? FindRefusal(string recipient) => host.Behaviour switch
    {
        RemoteHostBehaviour.Greylists => "Code: 451, Enhanced code: 4.7.1, Message: Greylisted, try again later",
        RemoteHostBehaviour.RefusesRecipients => "Code: 550, Enhanced code: 5.1.1, Message: No such mailbox here",
        _ when !host.HasMailbox(recipient) => "Code: 550, Enhanced code: 5.1.1, Message: Mailbox does not exist",
        _ => null,
    };

    private async Task<bool> RunStepAsync(string step, TimeSpan time, string? failure = null)
    {
        await stages.WriteStartAsync(step).ConfigureAwait(false);
        await stages.DelayAsync(time).ConfigureAwait(false);
        await (failure is null ? stages.WriteEndAsync($"{step}Success") : stages.WriteFailureAsync($"{step}Error", failure)).ConfigureAwait(false);
        return failure is null;
    }
}
