namespace MailAdmin.Client.Api.Dmarc;

/// <summary>The test of SPF, DKIM and DMARC, as a server has it.</summary>
internal interface IDmarcTest
{
    /// <summary>Refuses mail that the server cannot test. Nothing is sent.</summary>
    /// <exception cref="MailServerException"><c>Unsupported</c>.</exception>
    void Check(DmarcQuery query)
    {
        // By default it can test any.
    }

    /// <summary>Tests mail.</summary>
    Task<MailDmarcResult> TestAsync(DmarcQuery query, CancellationToken cancellationToken);
}
