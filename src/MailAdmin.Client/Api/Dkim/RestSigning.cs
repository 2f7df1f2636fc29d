// /dkim, and what the settings say of signatures. The private key is never asked for, and what is sent unasked is thrown away.
using System.Buffers;
using System.Text.Json;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Api.Dkim;

/// <summary>The DKIM signatures of a server before 0.16 (docs/api.md §6.2).</summary>
internal sealed class RestSigning(ApiChannel channel, SettingsResource settings) : ISigning
{
    private const string Prefix = "signature";

    public bool IdsAreChosen => true;

    public void Check(bool hasId, bool hasStage)
    {
        if (hasStage)
        {
            throw MailServerException.CreateUnsupported(Operations.CreateDkimSignature, "Stage", "before 0.16 a signature has no stages: the server signs with it from the next reload on. Omit -Stage.");
        }
    }

    // As installed, the server signs with the two signatures of a domain that are named so, and with no other.
    public string? GetSigningWarning(NewDkimSignature signature)
    {
        string[] named = [NewDkimSignature.GetDefaultId(DkimAlgorithm.Rsa, signature.Domain), NewDkimSignature.GetDefaultId(DkimAlgorithm.Ed25519, signature.Domain)];
        return named.Contains(signature.Id, StringComparer.Ordinal)
            ? null
            : $"As installed, a server signs with {string.Join(" and ", named.Select(id => $"'{id}'"))} alone. With '{signature.Id}' it signs only if the setting auth.dkim.sign names it: Get-MailSetting -Prefix auth.dkim";
    }

    // The server's only reason to refuse is an id in use.
    public async Task CheckCreationAsync(NewDkimSignature signature, CancellationToken cancellationToken)
    {
        string? key;
        try
        {
            key = await GetPublicKeyAsync(signature.Id, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException)
        {
            // Who may not look is told by the creation.
            return;
        }
        if (key is not null)
        {
            throw new MailServerException(MailErrorCode.AlreadyExists, Operations.CreateDkimSignature, $"There is a signature '{signature.Id}' already.") { Item = signature.Id };
        }
    }

    public async Task<MailDkimSignature> CreateAsync(NewDkimSignature signature, CancellationToken cancellationToken)
    {
        try
        {
            var context = new ApiRequestContext(Operations.CreateDkimSignature) { Action = $"Making the DKIM signature '{signature.Id}'" };
            Task creation = channel.SendAsync(context, channel.Uri.For(Operations.CreateDkimSignature), cancellationToken, SerializeBody(signature));
            await LostWrites.ResolveAsync(creation, () => ExistsAsync(signature, cancellationToken)).ConfigureAwait(false);
            return new MailDkimSignature { Id = signature.Id, Domain = signature.Domain, Selector = signature.Selector, Algorithm = signature.Algorithm };
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

    public async Task<string?> GetPublicKeyAsync(string id, CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.GetDkimPublicKey);
        try
        {
            return await channel.ReadAsync(context, channel.Uri.For(Operations.GetDkimPublicKey, id), ReadKey, cancellationToken).ConfigureAwait(false);
        }
        // A key that cannot be decoded is 'other': the settings of the signature are there all the same.
        catch (MailServerException e) when (e.Code is MailErrorCode.NotFound or MailErrorCode.RejectedByServer)
        {
            return null;
        }
    }

    public async Task<MailDkimSignature> GetAsync(string id, CancellationToken cancellationToken)
    {
        string below = $"{Prefix}.{id}.";
        IReadOnlyList<MailSetting> found = await settings.GetAsync([below + "domain", below + "selector", below + "algorithm"], cancellationToken).ConfigureAwait(false);
        return found.Count > 0
            ? await AddPublicKeyAsync(CreateSignature(id, key => found.FirstOrDefault(s => s.Key == below + key)?.Value), cancellationToken).ConfigureAwait(false)
            : throw new MailServerException(MailErrorCode.NotFound, Operations.GetDkimPublicKey, $"There is no DKIM signature '{id}'.") { Item = id };
    }

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

    public async Task<IReadOnlyList<string>> ListIdsAsync(CancellationToken cancellationToken) => [.. (await GetFieldAsync("domain", cancellationToken).ConfigureAwait(false)).Keys];

    public async Task<MailDkimSignature> AddPublicKeyAsync(MailDkimSignature signature, CancellationToken cancellationToken)
    {
        string? key = await GetPublicKeyAsync(signature.Id, cancellationToken).ConfigureAwait(false);
        return new() { Id = signature.Id, Domain = signature.Domain, Selector = signature.Selector, Algorithm = signature.Algorithm, PublicKey = key };
    }

    // An id that was taken before would have other parts: selector and id name the month by default.
    private async Task<bool> ExistsAsync(NewDkimSignature signature, CancellationToken cancellationToken)
    {
        MailDkimSignature found = await GetAsync(signature.Id, cancellationToken).ConfigureAwait(false);
        return found.PublicKey is not null && found.Domain == signature.Domain && found.Selector == signature.Selector && found.Algorithm == signature.Algorithm;
    }

    public static string? ReadKey(ref Utf8JsonReader reader) => reader.GetString();

    private async Task<Dictionary<string, string>> GetFieldAsync(string field, CancellationToken cancellationToken)
    {
        SettingPage<MailSettingGroup> groups = await settings.ListGroupsAsync(Prefix, "domain", field, null, null, cancellationToken).ConfigureAwait(false);
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
