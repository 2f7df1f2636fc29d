namespace MailAdmin.Client.Api.Dns;

/// <summary>What a server says is to be published.</summary>
internal interface IZone
{
    /// <summary>The records of a domain, in lower case, in the order of the server.</summary>
    Task<IReadOnlyList<MailDnsRecord>> GetRecordsAsync(string domain, CancellationToken cancellationToken);
}
