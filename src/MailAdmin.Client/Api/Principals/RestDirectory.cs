using System.Runtime.CompilerServices;
using System.Text.Json;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Api.Principals;

/// <summary>The principals of a server with the REST API: <c>/principal</c> (docs/api.md §6.1).</summary>
internal sealed class RestDirectory : IDirectory
{
    private readonly ApiChannel _channel;
    private readonly ServerInfo? _server;
    private readonly ServerDialect _dialect;
    private readonly PrincipalWriteClient _writeClient;
    private readonly ExpandedPrincipals _expanded;

    public RestDirectory(ApiChannel channel, ServerInfo? server, ServerDialect dialect, TimeProvider time)
    {
        (_channel, _server, _dialect) = (channel, server, dialect);
        _writeClient = new PrincipalWriteClient(channel, time);
        _expanded = new ExpandedPrincipals(ListExpandedTypesAsync, time);
    }

    private RestDirectory(RestDirectory original, ApiChannel channel)
    {
        _channel = channel;
        (_server, _dialect, _expanded) = (original._server, original._dialect, original._expanded);
        _writeClient = original._writeClient.With(channel);
    }

    public IReadOnlySet<PrincipalType>? ListableTypes => _server is null
        ? null
        : PrincipalType.Known.Where(type => PrincipalTypeParameter.CanList(type, _server) && (type != PrincipalType.Tenant || _server.IsEnterprise)).ToHashSet();

    public IDirectory With(ApiChannel channel) => new RestDirectory(this, channel);

    public NewPrincipal Normalize(NewPrincipal principal) => principal with { Name = principal.Name.ToLowerInvariant() };

    public async IAsyncEnumerable<MailPrincipal> ListAsync(PrincipalQuery query, Action<long>? onTotal, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (MailPrincipal principal in new PrincipalListing(_channel, _server, query, onTotal).RunAsync(cancellationToken).ConfigureAwait(false))
        {
            _expanded.Record(principal.Name, principal.Kind);
            yield return principal;
        }
    }

    public Task<long> CountAsync(PrincipalQuery query, CancellationToken cancellationToken) => new PrincipalListing(_channel, _server, query, null).CountAsync(cancellationToken);

    public async Task<MailPrincipal> GetAsync(string name, CancellationToken cancellationToken)
    {
        MailPrincipal principal = await GetAsync(name, PrincipalReader.Read, cancellationToken).ConfigureAwait(false);
        _expanded.Record(name, principal.Kind);
        return principal;
    }

    public async Task<MailPrincipal?> FindByAddressAsync(string address, CancellationToken cancellationToken)
    {
        // An address without spaces is one word to the server, which looks for it anywhere: only an exact one counts.
        if (address.Any(char.IsWhiteSpace))
        {
            return null;
        }
        await foreach (MailPrincipal candidate in ListAsync(new PrincipalQuery { Filter = address }, null, cancellationToken).ConfigureAwait(false))
        {
            if (candidate.Email!.Contains(address, MailAddress.Comparer))
            {
                return candidate;
            }
        }
        return null;
    }

    public void Check(NewPrincipal principal) =>
        ThrowIfLater([.. principal.Expires is null ? [] : (string[])[PrincipalField.Expires], .. principal.AllowedIp.Count == 0 ? [] : (string[])[PrincipalField.AllowedIps]]);

    public void Check(PrincipalType kind, IReadOnlyList<PrincipalChange> changes) => ThrowIfLater(changes.Select(change => change.Field));

    public async Task<uint> CreateAsync(NewPrincipal principal, CancellationToken cancellationToken)
    {
        byte[] body = WriteBody(principal);
        try
        {
            return await PostAsync(principal, body, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (OutcomeRules.IsOutcomeUnknown(e))
        {
            return await ResolveUnknownOutcomeAsync(principal, body, e, cancellationToken).ConfigureAwait(false);
        }
    }

    public Task<uint> ResolveCreationAsync(NewPrincipal principal, MailServerException unknown, CancellationToken cancellationToken) =>
        ResolveUnknownOutcomeAsync(principal, WriteBody(principal), unknown, cancellationToken);

    public async Task PatchAsync(string name, IReadOnlyList<PrincipalChange> changes, CancellationToken cancellationToken)
    {
        ThrowIfLater(changes.Select(change => change.Field));
        await new PrincipalReferenceCheck(this).CheckContainersAsync(PrincipalReference.Get(changes), _expanded, cancellationToken).ConfigureAwait(false);
        bool isExpanded = await _expanded.MayBeExpandedAsync(name, cancellationToken).ConfigureAwait(false);
        try
        {
            await _writeClient.PatchAsync(name, changes, isExpanded, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.NotFound)
        {
            throw NameMissing(e, name);
        }
        if (changes.Any(change => change.Field == PrincipalField.Name))
        {
            _expanded.Forget(name);
        }
    }

    public async Task SetPasswordAsync(string name, string hash, IReadOnlyList<PrincipalChange> changes, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> held = PasswordPatch.RequiresStoredSecrets(_dialect)
            ? await GetAsync(name, SecretsReader.Read, cancellationToken).ConfigureAwait(false)
            : [];
        await PatchAsync(name, [.. PasswordPatch.CreateChanges(_dialect, hash, held), .. changes], cancellationToken).ConfigureAwait(false);
    }

    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        bool isExpanded = await _expanded.MayBeExpandedAsync(name, cancellationToken).ConfigureAwait(false);
        await _writeClient.DeleteAsync(name, isExpanded, cancellationToken).ConfigureAwait(false);
        _expanded.Forget(name);
    }

    public ValueTask<bool> MayHaveMembersAsync(string name, CancellationToken cancellationToken) => _expanded.MayBeExpandedAsync(name, cancellationToken);

    private async Task<T> GetAsync<T>(string name, DataReader<T> read, CancellationToken cancellationToken)
    {
        // An empty one would be the list.
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var context = new ApiRequestContext(Operations.GetPrincipal) { IsExpanded = await _expanded.MayBeExpandedAsync(name, cancellationToken).ConfigureAwait(false) };
        try
        {
            return await _channel.ReadAsync(context, _channel.Uri.For(Operations.GetPrincipal, name), read, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.NotFound)
        {
            throw NameMissing(e, name);
        }
    }

    private async Task<Dictionary<string, PrincipalType>> ListExpandedTypesAsync(CancellationToken cancellationToken)
    {
        var query = new PrincipalQuery { Types = ExpandedPrincipals.Types, Fields = [PrincipalField.Name], InOneRequest = true };
        var types = new Dictionary<string, PrincipalType>(StringComparer.Ordinal);
        await foreach (MailPrincipal principal in new PrincipalListing(_channel, _server, query, null).RunAsync(cancellationToken).ConfigureAwait(false))
        {
            types[principal.Name] = principal.Kind;
        }
        return types;
    }

    private static void ThrowIfLater(IEnumerable<string> fields)
    {
        string? reason = null;
        string? later = fields.FirstOrDefault(field => (reason = GetLaterReason(field)) is not null);
        if (later is not null)
        {
            throw new MailServerException(MailErrorCode.Unsupported, Operations.PatchPrincipal, $"Nothing was sent: {reason}") { Field = later };
        }
    }

    private static string? GetLaterReason(string field) => field switch
    {
        PrincipalField.Expires => "an API key of a server before 0.16 does not end by itself. Omit -Expires, and remove the key when it is not needed any more.",
        PrincipalField.AllowedIps => "an API key of a server before 0.16 may be used from any address. Omit -AllowedIp.",
        PrincipalField.DisabledEmails => "an address of a server before 0.16 cannot be switched off. Remove it with -RemoveEmail, and add it again with -AddEmail.",
        _ => null,
    };

    private static byte[] WriteBody(NewPrincipal principal) => BodySize.Check(PrincipalWriter.WriteNew(principal), Operations.CreatePrincipal);

    private async Task<uint> PostAsync(NewPrincipal principal, byte[] body, CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.CreatePrincipal) { Action = $"Creating '{principal.Name}'", Secrets = principal.Secret, IsExpanded = ExpandedPrincipals.IsExpanded(principal.Type) };
        uint id = await _channel.ReadAsync(context, _channel.Uri.For(Operations.CreatePrincipal), static (ref Utf8JsonReader reader) => reader.GetUInt32(), cancellationToken, body).ConfigureAwait(false);
        _expanded.Record(principal.Name.ToLowerInvariant(), principal.Type);
        return id;
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
                return PrincipalMatch.IsSame(found, sent) ? found.Id : throw PrincipalMatch.CreateNameTaken(sent, lost);
            }
            if (OutcomeRules.FindServerFailure(lost) is { } failure)
            {
                throw failure;
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
            catch (MailServerException e) when (OutcomeRules.IsNotReached(e))
            {
                // Not there a moment ago; but the first one may only have been slow.
                throw OutcomeRules.OutcomeUnknown(lost, $"Creating '{sent.Name}'");
            }
        }
    }

    private async Task<MailPrincipal?> FindCreatedAsync(NewPrincipal sent, MailServerException lost, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(sent.Name.ToLowerInvariant(), cancellationToken).ConfigureAwait(false);
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

    /// <summary>The server's "not found" in plain words where it is about the principal itself.</summary>
    private static MailServerException NameMissing(MailServerException error, string key) => string.Equals(error.Item, key, StringComparison.OrdinalIgnoreCase)
        ? new MailServerException(error.Code, error.Operation, $"There is no principal '{key}'.", error) { Status = error.Status, ServerCode = error.ServerCode, Reason = error.Reason, Item = error.Item }
        : error;
}
