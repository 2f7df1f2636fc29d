// /settings: the flat settings of the server.
using System.Buffers;
using System.Text.Json;
using MailAdmin.Client.Api.Lists;
using MailAdmin.Client.Api.Settings;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;
using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>The settings of the server (docs/api.md §6.6). A change takes effect after a reload.</summary>
public sealed class SettingsResource
{
    private const int MaxQueryLength = 4000;
    private readonly ApiChannel _channel;

    internal SettingsResource(ApiChannel channel) => _channel = channel;

    /// <summary>The settings of these keys (GET /settings/keys). Values are in clear.</summary>
    /// <param name="keys">The full keys.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Those that exist; absent keys are left out.</returns>
    /// <exception cref="ArgumentException">A key is empty.</exception>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>settings-list</c>.</exception>
    public async Task<IReadOnlyList<MailSetting>> GetAsync(IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var found = new List<MailSetting>();
        string[] wanted = [.. keys.Select(SettingKeyFormat.NormalizeKey).Distinct(StringComparer.Ordinal)];
        foreach (string[] part in SplitKeys(wanted.Where(key => !key.Contains(',', StringComparison.Ordinal))))
        {
            var context = new ApiRequestContext(Operations.GetSettings);
            Uri target = _channel.Uri.ForQuery(Operations.GetSettings, [new("keys", string.Join(',', part))]);
            found.AddRange(await _channel.ReadAsync(context, target, static (ref Utf8JsonReader reader) => SettingsReader.ReadPairs(ref reader, ""), cancellationToken).ConfigureAwait(false));
        }
        foreach (string key in wanted.Where(key => key.Contains(',', StringComparison.Ordinal)))
        {
            // The server splits at commas, so a key that holds one is found among its neighbours.
            SettingPage<MailSetting> near = await ListAsync(key.LastIndexOf('.') is > 0 and int dot ? key[..dot] : null, null, cancellationToken).ConfigureAwait(false);
            found.AddRange(near.Items.Where(setting => setting.Key == key));
        }
        return found;
    }

    /// <summary>The settings under a prefix (GET /settings/list). Values are in clear.</summary>
    /// <param name="prefix">The prefix, with or without its dot; null = everything.</param>
    /// <param name="first">How many at most; null = all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The settings in the order of their keys, and the total.</returns>
    /// <exception cref="ArgumentException">The prefix is empty: to mean everything, pass null.</exception>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>settings-list</c>.</exception>
    public async Task<SettingPage<MailSetting>> ListAsync(string? prefix, int? first, CancellationToken cancellationToken)
    {
        string below = prefix is null ? "" : SettingKeyFormat.ToSubtreePrefix(prefix);
        Uri target = _channel.Uri.ForQuery(Operations.ListSettings, [new("prefix", below), new("limit", WireNumber.Format(first))]);
        SettingPage<MailSetting> page = await _channel.ReadAsync(new ApiRequestContext(Operations.ListSettings), target, (ref Utf8JsonReader reader) => SettingsReader.ReadList(ref reader, below), cancellationToken).ConfigureAwait(false);
        ListTotal.Check(_channel, Operations.ListSettings, page.Items.Count, page.Total, first);
        return page;
    }

    /// <summary>
    /// The groups under a prefix (GET /settings/group): one for each key that ends in the suffix. Without a suffix, or where nothing ends in it, each
    /// setting is a group of its own, whose one key is its prefix. Values are in clear.
    /// </summary>
    /// <param name="prefix">The prefix, with or without its dot.</param>
    /// <param name="suffix">The suffix, with or without its dot, or null.</param>
    /// <param name="field">The one subkey to fetch, or null for all.</param>
    /// <param name="filter">A text that a value must hold, or null.</param>
    /// <param name="first">How many at most; null = all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The groups, and the total.</returns>
    /// <exception cref="ArgumentException">The prefix is empty.</exception>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>settings-list</c>.</exception>
    public async Task<SettingPage<MailSettingGroup>> ListGroupsAsync(string prefix, string? suffix, string? field, string? filter, int? first, CancellationToken cancellationToken)
    {
        string below = SettingKeyFormat.ToSubtreePrefix(prefix);
        Uri target = _channel.Uri.ForQuery(Operations.ListSettingGroups, [new("prefix", below), new("suffix", suffix), new("field", field), new("filter", filter), new("limit", WireNumber.Format(first))]);
        SettingPage<MailSettingGroup> page = await _channel.ReadAsync(new ApiRequestContext(Operations.ListSettingGroups), target, (ref Utf8JsonReader reader) => SettingsReader.ReadGroups(ref reader, below), cancellationToken).ConfigureAwait(false);
        ListTotal.Check(_channel, Operations.ListSettingGroups, page.Items.Count, page.Total, first);
        return page;
    }

    /// <summary>Writes settings in order and replaces what is there (POST /settings, insert). The server writes one by one: after an error some of them may be written.</summary>
    /// <param name="settings">Keys and values.</param>
    /// <param name="mustBeNew">Refuse where a key exists; each setting then is an entry of its own, and the first that exists stops the rest.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="secrets">Values that no message may hold, beyond those that keys and values show to be secret.</param>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>settings-update</c>; <c>PreconditionFailed</c> when one that must
    /// be new exists; <c>OutcomeUnknown</c> when the answer was lost and the settings do not have these values, must be new, or nobody could look.</exception>
    public async Task InsertAsync(IReadOnlyList<KeyValuePair<string, string>> settings, bool mustBeNew, CancellationToken cancellationToken, IReadOnlyList<string>? secrets = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        KeyValuePair<string, string>[] pairs = [.. settings.Select(pair => KeyValuePair.Create(SettingKeyFormat.NormalizeKey(pair.Key), pair.Value ?? throw new ArgumentException($"'{pair.Key}' has no value.", nameof(settings))))];
        if (pairs.Length == 0)
        {
            return;
        }
        byte[] body = SerializeBody(json =>
        {
            foreach (KeyValuePair<string, string>[] entry in mustBeNew ? pairs.Select(pair => new[] { pair }) : [pairs])
            {
                WriteInsert(json, entry, mustBeNew);
            }
        });
        var context = new ApiRequestContext(Operations.ChangeSettings)
        {
            // Written twice is written once, unless it must be new.
            Idempotency = mustBeNew ? Idempotency.NotIdempotent : Idempotency.Idempotent,
            Action = $"Writing {(pairs.Length == 1 ? $"the setting '{pairs[0].Key}'" : $"{pairs.Length} settings")}",
            Secrets = [.. pairs.Where(pair => SecretSettings.IsSecret(pair.Key, pair.Value)).Select(pair => pair.Value), .. secrets ?? []],
        };
        Task writing = PostAsync(context, body, cancellationToken);
        // Of what must be new nobody can tell whether it is there from this call or from before.
        await (mustBeNew ? writing : LostWrites.ResolveAsync(writing, () => HasAllAsync(pairs, cancellationToken))).ConfigureAwait(false);
    }

    /// <summary>Deletes exactly these keys (POST /settings, delete); absent ones are not an error.</summary>
    /// <param name="keys">The full keys.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">A key is empty.</exception>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>settings-update</c>.</exception>
    public async Task DeleteAsync(IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        string[] exact = [.. keys.Select(SettingKeyFormat.NormalizeKey)];
        if (exact.Length == 0)
        {
            return;
        }
        byte[] body = SerializeBody(json =>
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "delete"u8);
            json.WriteStartArray("keys"u8);
            foreach (string key in exact)
            {
                json.WriteStringValue(key);
            }
            json.WriteEndArray();
            json.WriteEndObject();
        });
        Task deletion = PostAsync(CreateDeletion($"Deleting {(exact.Length == 1 ? $"the setting '{exact[0]}'" : $"{exact.Length} settings")}"), body, cancellationToken);
        await LostWrites.ResolveAsync(deletion, async () => (await GetAsync(exact, cancellationToken).ConfigureAwait(false)).Count == 0).ConfigureAwait(false);
    }

    /// <summary>Deletes every setting whose key begins with a prefix (POST /settings, clear).</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="raw">False: the settings under it, so a dot is appended. True: as it is given, so that <c>lookup.set</c> also deletes <c>lookup.set9</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The prefix is empty, blank or dots alone: the server would delete everything. It is never sent.</exception>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>settings-update</c>.</exception>
    public async Task ClearAsync(string prefix, bool raw, CancellationToken cancellationToken)
    {
        string sent = raw ? SettingKeyFormat.NormalizePrefix(prefix) : SettingKeyFormat.ToSubtreePrefix(prefix);
        byte[] body = SerializeBody(json =>
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "clear"u8);
            json.WriteString("prefix"u8, sent);
            json.WriteEndObject();
        });
        Task deletion = PostAsync(CreateDeletion($"Deleting what begins with '{sent}'"), body, cancellationToken);
        await LostWrites.ResolveAsync(deletion, () => IsClearAsync(sent, cancellationToken)).ConfigureAwait(false);
    }

    // What is deleted twice is gone as if it were once.
    private static ApiRequestContext CreateDeletion(string action) => new(Operations.ChangeSettings) { Idempotency = Idempotency.Idempotent, Action = action };

    private Task PostAsync(ApiRequestContext context, byte[] body, CancellationToken cancellationToken) =>
        _channel.SendAsync(context, _channel.Uri.For(Operations.ChangeSettings), cancellationToken, BodySize.Check(body, context.Operation));

    private async Task<bool> HasAllAsync(KeyValuePair<string, string>[] pairs, CancellationToken cancellationToken)
    {
        // Of one that is written twice the last counts.
        Dictionary<string, string> wanted = new(StringComparer.Ordinal);
        foreach ((string key, string value) in pairs)
        {
            wanted[key] = value;
        }
        IReadOnlyList<MailSetting> found = await GetAsync(wanted.Keys, cancellationToken).ConfigureAwait(false);
        return found.Count == wanted.Count && found.All(setting => wanted.GetValueOrDefault(setting.Key) == setting.Value);
    }

    // A list takes whole parts of a key only.
    private async Task<bool> IsClearAsync(string prefix, CancellationToken cancellationToken)
    {
        SettingPage<MailSetting> near = await ListAsync(prefix.LastIndexOf('.') is > 0 and int dot ? prefix[..dot] : null, null, cancellationToken).ConfigureAwait(false);
        return !near.Items.Any(setting => setting.Key.StartsWith(prefix, StringComparison.Ordinal));
    }

    private static void WriteInsert(Utf8JsonWriter json, KeyValuePair<string, string>[] pairs, bool mustBeNew)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "insert"u8);
        json.WriteNull("prefix"u8);
        json.WriteStartArray("values"u8);
        foreach ((string key, string value) in pairs)
        {
            json.WriteStartArray();
            json.WriteStringValue(key);
            json.WriteStringValue(value);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteBoolean("assert_empty"u8, mustBeNew);
        json.WriteEndObject();
    }

    private static byte[] SerializeBody(Action<Utf8JsonWriter> writeEntries)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            writeEntries(json);
            json.WriteEndArray();
        }
        return buffer.WrittenSpan.ToArray();
    }

    // Addresses have no agreed length; this one passes every proxy.
    private static IEnumerable<string[]> SplitKeys(IEnumerable<string> keys)
    {
        var part = new List<string>();
        int length = 0;
        foreach (string key in keys)
        {
            int more = Uri.EscapeDataString(key).Length + 3;
            if (part.Count > 0 && length + more > MaxQueryLength)
            {
                yield return [.. part];
                part.Clear();
                length = 0;
            }
            part.Add(key);
            length += more;
        }
        if (part.Count > 0)
        {
            yield return [.. part];
        }
    }
}
