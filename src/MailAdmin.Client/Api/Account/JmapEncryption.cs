using System.Text.Json;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Account;

/// <summary>
/// With what a server from 0.16 on encrypts the arriving mail of the signed-in account: a setting that names a key, and the key, which is an object of its own. The
/// key comes first and goes last: one that is in use cannot be removed.
/// </summary>
internal sealed class JmapEncryption(JmapChannel channel)
{
    private const string SettingsType = "x:AccountSettings";
    private const string KeyType = "x:PublicKey";
    private const string Singleton = "singleton";
    private const string Property = "encryptionAtRest";
    private const string TypeProperty = "@type";
    private const string DisabledType = "Disabled";

    private readonly JmapWrites _writes = new(channel);

    public async Task<MailAccountCrypto> GetAsync(CancellationToken cancellationToken)
    {
        Setting setting = await ReadAsync(cancellationToken).ConfigureAwait(false);
        PublicKey? key = setting.KeyId is not null && (await channel.GetAsync(KeyType, [setting.KeyId], PublicKey.Read, cancellationToken).ConfigureAwait(false)).Items is [var found] ? found : null;
        return new MailAccountCrypto
        {
            Type = !setting.IsEnabled ? DisabledType : key?.Kind ?? "",
            Algorithm = setting.IsEnabled ? setting.Type : null,
            CertificateBlock = key?.Text,
            AllowSpamTraining = setting.AllowSpamTraining,
            EncryptOnAppend = setting.EncryptOnAppend,
        };
    }

    public async Task EnableAsync(EncryptionCertificates certificates, string cipher, bool allowSpamTraining, CancellationToken cancellationToken)
    {
        Setting before = await ReadAsync(cancellationToken).ConfigureAwait(false);
        (string keyId, bool isNew) = await FindOrAddKeyAsync(certificates, cancellationToken).ConfigureAwait(false);
        try
        {
            await SetAsync(
                "Switching encryption on",
                writer =>
                {
                    writer.WriteString(TypeProperty, cipher);
                    writer.WriteString("publicKey", keyId);
                    writer.WriteBoolean("allowSpamTraining", allowSpamTraining);
                    // The whole value is written: what is not said would be as it is by default.
                    writer.WriteBoolean("encryptOnAppend", before.EncryptOnAppend ?? false);
                },
                now => now.Type == cipher && now.KeyId == keyId && now.AllowSpamTraining == allowSpamTraining,
                cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (isNew && !OutcomeRules.IsOutcomeUnknown(e))
        {
            await TryRemoveKeyAsync(keyId, cancellationToken).ConfigureAwait(false);
            throw;
        }
        if (before.KeyId is { } former && former != keyId)
        {
            await TryRemoveKeyAsync(former, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task DisableAsync(CancellationToken cancellationToken)
    {
        Setting before = await ReadAsync(cancellationToken).ConfigureAwait(false);
        if (!before.IsEnabled)
        {
            return;
        }
        await SetAsync("Switching encryption off", static writer => writer.WriteString(TypeProperty, DisabledType), now => !now.IsEnabled, cancellationToken).ConfigureAwait(false);
        if (before.KeyId is { } former)
        {
            await TryRemoveKeyAsync(former, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Setting> ReadAsync(CancellationToken cancellationToken) =>
        (await channel.GetAsync(SettingsType, [Singleton], Setting.Read, cancellationToken, [Property]).ConfigureAwait(false)).Items is [var setting] ? setting
            : throw new MailServerException(MailErrorCode.NotFound, Operations.CallJmap, "Who is signed in has no account with mail of its own.");

    private async Task SetAsync(string action, Action<Utf8JsonWriter> write, Func<Setting, bool> isDone, CancellationToken cancellationToken)
    {
        var change = SetChange.Update(Singleton, writer =>
        {
            writer.WriteStartObject(Property);
            write(writer);
            writer.WriteEndObject();
        });
        await _writes.ApplyOneAsync(
            new SetOrder(SettingsType, [change])
            {
                FindDoneAsync = async (changes, look) => isDone(await ReadAsync(look).ConfigureAwait(false)) ? new Dictionary<SetChange, string> { [changes[0]] = Singleton } : [],
            },
            action,
            cancellationToken).ConfigureAwait(false);
    }

    // The same key again is no other object.
    private async Task<(string Id, bool IsNew)> FindOrAddKeyAsync(EncryptionCertificates certificates, CancellationToken cancellationToken)
    {
        if (await FindKeyAsync(certificates, cancellationToken).ConfigureAwait(false) is { } known)
        {
            return (known, false);
        }
        var creation = SetChange.Create("0", writer =>
        {
            writer.WriteString("description", certificates.IsPgp ? "OpenPGP" : "S/MIME");
            writer.WriteString("key", certificates.Text);
        });
        SetOutcome made = await _writes.ApplyOneAsync(
            new SetOrder(KeyType, [creation])
            {
                FindDoneAsync = async (changes, look) => await FindKeyAsync(certificates, look).ConfigureAwait(false) is { } id ? new Dictionary<SetChange, string> { [changes[0]] = id } : [],
            },
            "Storing the public key",
            cancellationToken).ConfigureAwait(false);
        return (made.ObjectId!, true);
    }

    // An administrator is shown those of all accounts; those of others have an owner besides.
    private async Task<string?> FindKeyAsync(EncryptionCertificates certificates, CancellationToken cancellationToken)
    {
        string text = certificates.Text.TrimEnd();
        await foreach (PublicKey key in channel.ListAsync(KeyType, PublicKey.Read, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (key.Text.TrimEnd() == text && (key.Owner is null || key.Owner == channel.Session.AccountId))
            {
                return key.Id;
            }
        }
        return null;
    }

    // It is no longer in use. That it stays harms nobody.
    private async Task TryRemoveKeyAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await _writes.ApplyAsync(new SetOrder(KeyType, [SetChange.Destroy(id)]), cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException)
        {
            // What was asked for is done all the same.
        }
    }

    /// <summary>The setting. Its type is the cipher.</summary>
    private sealed record Setting(string Type, string? KeyId, bool? AllowSpamTraining, bool? EncryptOnAppend)
    {
        public bool IsEnabled => Type != DisabledType;

        public static Setting Read(JsonElement settings)
        {
            JsonElement encryption = settings.GetProperty(Property);
            return new Setting(
                encryption.GetText(TypeProperty) ?? throw new JsonException("The encryption has no type."),
                encryption.GetText("publicKey"),
                ReadSwitch(encryption, "allowSpamTraining"),
                ReadSwitch(encryption, "encryptOnAppend"));
        }

        private static bool? ReadSwitch(JsonElement encryption, string name) =>
            encryption.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;
    }

    private sealed record PublicKey(string Id, string Text, string? Owner)
    {
        public string Kind => Text.Contains("BEGIN PGP", StringComparison.Ordinal) ? "Pgp" : "Smime";

        public static PublicKey Read(JsonElement item) => new(
            item.GetText("id") ?? throw new JsonException("A key has no id."),
            item.GetText("key") ?? throw new JsonException("A key has no text."),
            item.GetText("accountId"));
    }
}
