// /principal: everything the directory holds.
using System.Text.Json;
using MailAdmin.Client.Api.Principals;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client;

/// <summary>The principals of the server (contract §6.1).</summary>
public sealed class PrincipalResource
{
    private readonly ApiChannel _channel;
    private readonly ServerInfo? _server;
    private readonly PrincipalValidator _validator;
    private readonly PrincipalWriteClient _writeClient;

    internal PrincipalResource(ApiChannel channel, ServerInfo? server, TimeProvider time)
    {
        _channel = channel;
        _server = server;
        _validator = new PrincipalValidator(server);
        _writeClient = new PrincipalWriteClient(channel, time);
    }

    /// <summary>Lists principals, streaming; pages double (GET /principal). Doubles by id are left out.</summary>
    /// <param name="query">What to list.</param>
    /// <param name="onTotal">Told the server's total with each page.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <exception cref="ArgumentException">The filter is empty: that would be everything.</exception>
    /// <exception cref="MailServerException"><c>Forbidden</c> when the caller may list none of the kinds.</exception>
    public IAsyncEnumerable<MailPrincipal> ListAsync(PrincipalQuery query, Action<long>? onTotal = null, CancellationToken cancellationToken = default)
    {
        Check(query);
        return new PrincipalListing(_channel, _server, query, onTotal).RunAsync(cancellationToken);
    }

    /// <summary>How many match (GET /principal?count=1).</summary>
    /// <exception cref="ArgumentException">The filter is empty.</exception>
    public Task<long> CountAsync(PrincipalQuery query, CancellationToken cancellationToken)
    {
        Check(query);
        return new PrincipalListing(_channel, _server, query, null).CountAsync(cancellationToken);
    }

    /// <summary>The principal of exactly this name (GET /principal/{name}); the name is lower-cased first.</summary>
    /// <exception cref="MailServerException"><c>NotFound</c> when there is none.</exception>
    public Task<MailPrincipal> GetAsync(string name, CancellationToken cancellationToken) =>
        GetAsync(name, PrincipalReader.Read, cancellationToken);

    /// <summary>The principal of this name, or the one that has this e-mail address (GET /principal/{name}, then GET /principal with a filter); null when there is none.</summary>
    public async Task<MailPrincipal?> FindAsync(string identity, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(identity, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.NotFound)
        {
            return identity.Contains('@', StringComparison.Ordinal)
                ? await FindByAddressAsync(identity.Trim(), cancellationToken).ConfigureAwait(false)
                : null;
        }
    }

    /// <summary>Creates a principal (POST /principal) and returns its id. A lost answer is settled by looking the name up.</summary>
    /// <exception cref="MailServerException"><c>RefusedByClient</c> for what the server would take and someone regret.</exception>
    public async Task<uint> CreateAsync(NewPrincipal principal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        _validator.Check(principal);
        byte[] body = BodySize.Check(PrincipalWriter.WriteNew(principal), Operations.CreatePrincipal);
        try
        {
            return await PostAsync(principal, body, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (OutcomeRules.IsOutcomeUnknown(e))
        {
            return await ResolveUnknownOutcomeAsync(principal, body, e, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Applies changes, all or none (PATCH /principal/{name}); one at a time per principal; a write conflict is repeated where that is safe.</summary>
    /// <exception cref="MailServerException"><c>RefusedByClient</c> for what the server would take and someone regret; <c>WriteConflict</c> when
    /// another writer kept winning; <c>OutcomeUnknown</c> when the answer to a rename was lost.</exception>
    public async Task PatchAsync(string name, IReadOnlyList<PrincipalChange> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        string key = NormalizeName(name);
        _validator.Check(changes);
        if (changes.Count > 0)
        {
            using IDisposable turn = await _writeClient.AcquireAsync(key, cancellationToken).ConfigureAwait(false);
            await _writeClient.PatchAsync(key, changes, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Gives the account this one password (a hash), keeping TOTP and app passwords and leaving no old password valid (PATCH /principal/{name});
    /// the steps differ by server version. Other <paramref name="changes"/> travel in the same PATCH.</summary>
    /// <exception cref="MailServerException"><c>RefusedByClient</c> for an empty password: it would lock the account out.</exception>
    public async Task SetPasswordAsync(string name, string hash, IReadOnlyList<PrincipalChange> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(hash);
        ArgumentNullException.ThrowIfNull(changes);
        string key = NormalizeName(name);
        _validator.Check([.. changes, PrincipalChange.Add(PrincipalField.Secrets, hash)]);
        using IDisposable turn = await _writeClient.AcquireAsync(key, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> held = PasswordPatch.RequiresStoredSecrets(_server?.Version)
            ? await GetAsync(key, SecretsReader.Read, cancellationToken).ConfigureAwait(false)
            : [];
        await _writeClient.PatchAsync(key, [.. PasswordPatch.CreateChanges(_server?.Version, hash, held), .. changes], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes the principal with its mail (DELETE /principal/{name}).</summary>
    /// <exception cref="MailServerException"><c>NotFound</c> when there is none.</exception>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        string key = NormalizeName(name);
        using IDisposable turn = await _writeClient.AcquireAsync(key, cancellationToken).ConfigureAwait(false);
        await _writeClient.DeleteAsync(key, cancellationToken).ConfigureAwait(false);
    }

    private static void Check(PrincipalQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegative(query.Skip, nameof(query));
        if (query.Filter is { } filter && string.IsNullOrWhiteSpace(filter))
        {
            throw new ArgumentException("The filter is empty: that would list everything.", nameof(query));
        }
    }

    private static string NormalizeName(string name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new ArgumentException("The name is empty.", nameof(name));
        }
        return name.ToLowerInvariant();
    }

    private Task<T> GetAsync<T>(string name, DataReader<T> read, CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.GetPrincipal);
        return _channel.ReadAsync(context, _channel.Uri.For(Operations.GetPrincipal, NormalizeName(name)), read, cancellationToken);
    }

    private async Task<MailPrincipal?> FindByAddressAsync(string address, CancellationToken cancellationToken)
    {
        // An address without spaces is one word to the server, which looks for it anywhere: only an exact one counts.
        if (address.Any(char.IsWhiteSpace))
        {
            return null;
        }
        await foreach (MailPrincipal candidate in ListAsync(new PrincipalQuery { Filter = address }, null, cancellationToken).ConfigureAwait(false))
        {
            if (candidate.Email.Contains(address, StringComparer.OrdinalIgnoreCase))
            {
                return candidate;
            }
        }
        return null;
    }

    private Task<uint> PostAsync(NewPrincipal principal, byte[] body, CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.CreatePrincipal) { Secrets = principal.Secret };
        return _channel.ReadAsync(context, _channel.Uri.For(Operations.CreatePrincipal), static (ref Utf8JsonReader reader) => reader.GetUInt32(), cancellationToken, body);
    }

    /// <summary>
    /// The answer to a creation was lost: is it there, as sent? Absent, it is sent again. That makes nothing twice, since a name is there once:
    /// a first one that was slow rather than lost answers the second with "taken", and is then found.
    /// </summary>
    private async Task<uint> ResolveUnknownOutcomeAsync(NewPrincipal sent, byte[] body, MailServerException lost, CancellationToken cancellationToken)
    {
        for (int repeats = 0; ; repeats++)
        {
            MailPrincipal? found = await FindCreatedAsync(sent, lost, cancellationToken).ConfigureAwait(false);
            if (found is not null)
            {
                return PrincipalMatch.IsSame(found, sent) ? found.Id : throw CreateNameTaken(sent, lost);
            }
            if (repeats >= Math.Max(1, _channel.MaxRetries))
            {
                throw OutcomeRules.OutcomeUnknown(lost, $"Creating '{sent.Name}'");
            }
            try
            {
                return await PostAsync(sent, body, cancellationToken).ConfigureAwait(false);
            }
            catch (MailServerException e) when (OutcomeRules.IsOutcomeUnknown(e) || e is { Code: MailErrorCode.AlreadyExists, Field: PrincipalField.Name })
            {
                lost = e;
            }
        }
    }

    private async Task<MailPrincipal?> FindCreatedAsync(NewPrincipal sent, MailServerException lost, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(sent.Name, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.NotFound)
        {
            return null;
        }
        catch (MailServerException)
        {
            throw OutcomeRules.OutcomeUnknown(lost, $"Creating '{sent.Name}'");
        }
    }

    private static MailServerException CreateNameTaken(NewPrincipal sent, MailServerException cause) =>
        new(MailErrorCode.AlreadyExists, cause.Operation, $"The name '{sent.Name}' is taken by a principal with other fields.", cause)
        {
            Field = PrincipalField.Name,
            Value = sent.Name,
        };
}
