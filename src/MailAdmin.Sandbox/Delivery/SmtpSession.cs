using MailAdmin.Sandbox.Mail;

namespace MailAdmin.Sandbox.Delivery;

/// <summary>The talk with one host of a delivery test, from the connection to the farewell.</summary>
internal sealed class SmtpSession(MailHost host, StageWriter stages, TimeSpan pace, TimeSpan timeout)
{
    /// <summary>Talks to the host; true where it did all that was asked.</summary>
    /// <param name="recipient">The address to ask for; none for a domain.</param>
    public async Task<bool> RunAsync(string? recipient)
    {
        if (!await ConnectAsync().ConfigureAwait(false) || !await StartTlsAsync().ConfigureAwait(false))
        {
            return false;
        }

        await VerifyAsync().ConfigureAwait(false);
        await StepAsync("ehlo", pace).ConfigureAwait(false);
        bool isTaken = recipient is null
            || (await StepAsync("mailFrom", pace).ConfigureAwait(false) && await StepAsync("rcptTo", 2 * pace, Refusal(recipient)).ConfigureAwait(false));

        // A host that refused is taken leave of all the same.
        await stages.BeginAsync("quit").ConfigureAwait(false);
        await stages.WaitAsync(pace).ConfigureAwait(false);
        await stages.EndAsync("quitCompleted").ConfigureAwait(false);
        return isTaken;
    }

    /// <summary>Compares the certificate with the TLSA records. The test goes on either way.</summary>
    private async Task VerifyAsync()
    {
        if (host.Tlsa.Count == 0)
        {
            return;
        }

        if (host.MatchesTlsa)
        {
            await stages.TellAsync("daneVerifySuccess").ConfigureAwait(false);
        }
        else
        {
            await stages.TellAsync("daneVerifyError", json => json.WriteString("reason"u8, "The certificate matches none of the TLSA records.")).ConfigureAwait(false);
        }
    }

    private async Task<bool> ConnectAsync()
    {
        await stages.BeginAsync("connection", json => json.WriteString("remote_ip"u8, host.Address.ToString())).ConfigureAwait(false);
        await stages.WaitAsync(pace).ConfigureAwait(false);
        if (host.Behaviour == RemoteHost.RefusesConnections)
        {
            await stages.FailAsync("connectionError", "I/O error: Connection refused (os error 111)").ConfigureAwait(false);
            return false;
        }

        await stages.EndAsync("connectionSuccess").ConfigureAwait(false);
        return await StepAsync("readGreeting", host.NeverGreets ? timeout : 2 * pace, host.NeverGreets ? "Timeout" : null).ConfigureAwait(false)
            && await StepAsync("ehlo", pace).ConfigureAwait(false);
    }

    private Task<bool> StartTlsAsync() => StepAsync("startTls", 3 * pace, host switch
    {
        { OffersStartTls: false } => "STARTTLS not advertised by host",
        { HasGoodCertificate: false } => "TLS error: invalid peer certificate: UnknownIssuer",
        _ => null,
    });

    private string? Refusal(string recipient) => host.Behaviour switch
    {
        RemoteHost.Greylists => "Code: 451, Enhanced code: 4.7.1, Message: Greylisted, try again later",
        RemoteHost.RefusesRecipients => "Code: 550, Enhanced code: 5.1.1, Message: No such mailbox here",
        _ when !host.Knows(recipient) => "Code: 550, Enhanced code: 5.1.1, Message: Mailbox does not exist",
        _ => null,
    };

    private async Task<bool> StepAsync(string step, TimeSpan time, string? failure = null)
    {
        await stages.BeginAsync(step).ConfigureAwait(false);
        await stages.WaitAsync(time).ConfigureAwait(false);
        await (failure is null ? stages.EndAsync($"{step}Success") : stages.FailAsync($"{step}Error", failure)).ConfigureAwait(false);
        return failure is null;
    }
}
