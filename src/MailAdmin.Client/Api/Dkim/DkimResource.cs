// /dkim, and what the settings say of signatures. The private key is never asked for, and what is sent unasked is thrown away.
using System.Buffers;
using System.Text.Json;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client;

/// <summary>The DKIM signatures of the server (docs/api.md §6.2).</summary>
public sealed class DkimResource
{
    private const string Prefix = "signature";
    private readonly ApiChannel _channel;
    private readonly SettingsResource _settings;

    internal DkimResource(ApiChannel channel, SettingsResource settings) => (_channel, _settings) = (channel, settings);

    /// <summary>Creates a key pair and its signature (POST /dkim). The server signs with it after the next reload.</summary>
    /// <param name="signature">Domain, algorithm, selector and id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>dkim-signature-create</c>; <c>AlreadyExists</c> when the id
    /// is taken: the private key that the server then sends is not kept; <c>OutcomeUnknown</c> when the answer was lost and the signature is not there as it
    /// was asked for, or nobody could look.</exception>
    public async Task CreateAsync(NewDkimSignature signature, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(signature);
        try
        {
            var context = new ApiRequestContext(Operations.CreateDkimSignature) { Action = $"Making the DKIM signature '{signature.Id}'" };
            Task creation = _channel.SendAsync(context, _channel.Uri.For(Operations.CreateDkimSignature), cancellationToken, SerializeBody(signature));
            await LostWrites.ResolveAsync(creation, () => ExistsAsync(signature, cancellationToken)).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.AlreadyExists)
        {
            throw new MailServerException(MailErrorCode.AlreadyExists, e.Operation, $"There is a DKIM signature '{signature.Id}' already. It was left as it is.", e)
            {
                Status = e.Status,
                ServerCode = e.ServerCode,
                Field = e.Field,
            };
        }
    }

    /// <summary>The public key of a signature (GET /dkim/{id}).</summary>
    /// <param name="id">The signature's id, such as <c>rsa-example.org</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The key in base64; null when the server has none for the id.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>dkim-signature-get</c>.</exception>
    public async Task<string?> GetPublicKeyAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        var context = new ApiRequestContext(Operations.GetDkimPublicKey);
        try
        {
            return await _channel.ReadAsync(context, _channel.Uri.For(Operations.GetDkimPublicKey, id), ReadKey, cancellationToken).ConfigureAwait(false);
        }
        // A key that cannot be decoded is 'other': the settings of the signature are there all the same.
        catch (MailServerException e) when (e.Code is MailErrorCode.NotFound or MailErrorCode.RejectedByServer)
        {
            return null;
        }
    }

    /// <summary>A signature with its public key (GET /settings/keys, GET /dkim/{id}).</summary>
    /// <param name="id">The signature's id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The signature; the private key stays on the server.</returns>
    /// <exception cref="MailServerException"><c>NotFound</c> when there is none; <c>Forbidden</c> without the permissions <c>settings-list</c> and
    /// <c>dkim-signature-get</c>.</exception>
    public async Task<MailDkimSignature> GetAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        string below = $"{Prefix}.{id}.";
        IReadOnlyList<MailSetting> settings = await _settings.GetAsync([below + "domain", below + "selector", below + "algorithm"], cancellationToken).ConfigureAwait(false);
        return settings.Count > 0
            ? await AddPublicKeyAsync(CreateSignature(id, key => settings.FirstOrDefault(s => s.Key == below + key)?.Value), cancellationToken).ConfigureAwait(false)
            : throw new MailServerException(MailErrorCode.NotFound, Operations.GetDkimPublicKey, $"There is no DKIM signature '{id}'.") { Item = id };
    }

    /// <summary>Every signature, without public keys (GET /settings/group, one field at a time: private keys stay on the server).</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The signatures, by id.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>settings-list</c>.</exception>
    public async Task<IReadOnlyList<MailDkimSignature>> ListAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, string> domains = await GetFieldAsync("domain", cancellationToken).ConfigureAwait(false);
        if (domains.Count == 0)
        {
            return [];
        }
        Dictionary<string, string> selectors = await GetFieldAsync("selector", cancellationToken).ConfigureAwait(false);
        Dictionary<string, string> algorithms = await GetFieldAsync("algorithm", cancellationToken).ConfigureAwait(false);
        return [.. domains.Keys.Order(StringComparer.Ordinal).Select(id => CreateSignature(id, key => (key switch
        {
            "domain" => domains,
            "selector" => selectors,
            _ => algorithms,
        }).GetValueOrDefault(id)))];
    }

    /// <summary>The same signature with its public key (GET /dkim/{id}).</summary>
    /// <param name="signature">The signature.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A copy; its key is null when the server has none.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>dkim-signature-get</c>.</exception>
    public async Task<MailDkimSignature> AddPublicKeyAsync(MailDkimSignature signature, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(signature);
        string? key = await GetPublicKeyAsync(signature.Id, cancellationToken).ConfigureAwait(false);
        return new() { Id = signature.Id, Domain = signature.Domain, Selector = signature.Selector, Algorithm = signature.Algorithm, PublicKey = key };
    }

    // An id that was taken before would have other parts: selector and id name the month by default.
    private async Task<bool> ExistsAsync(NewDkimSignature signature, CancellationToken cancellationToken)
    {
        MailDkimSignature found = await GetAsync(signature.Id, cancellationToken).ConfigureAwait(false);
        return found.PublicKey is not null && found.Domain == signature.Domain && found.Selector == signature.Selector && found.Algorithm == signature.Algorithm;
    }

    internal static string? ReadKey(ref Utf8JsonReader reader) => reader.GetString();

    private async Task<Dictionary<string, string>> GetFieldAsync(string field, CancellationToken cancellationToken)
    {
        SettingPage<MailSettingGroup> groups = await _settings.ListGroupsAsync(Prefix, "domain", field, null, null, cancellationToken).ConfigureAwait(false);
        // Where nothing ends in the suffix the server lists the settings one by one: those are not signatures.
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (MailSettingGroup group in groups.Items.Where(group => group[field] is not null))
        {
            values[group.Id] = group[field]!;
        }
        return values;
    }

    private static MailDkimSignature CreateSignature(string id, Func<string, string?> value) => new()
    {
        Id = id,
        Domain = value("domain") ?? "",
        Selector = value("selector") ?? "",
        Algorithm = DkimAlgorithm.Parse(value("algorithm") ?? ""),
    };

    private static byte[] SerializeBody(NewDkimSignature signature)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("id"u8, signature.Id);
            json.WriteString("algorithm"u8, signature.Algorithm.Name);
            json.WriteString("domain"u8, signature.Domain);
            json.WriteString("selector"u8, signature.Selector);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
