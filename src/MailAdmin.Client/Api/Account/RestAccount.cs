using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Api.Account;

/// <summary>The signed-in account of a server before 0.16 (docs/api.md §6.11).</summary>
internal sealed class RestAccount(ApiChannel channel, ServerDialect dialect, TimeProvider time) : IAccountSelf
{
    private static readonly string[] s_ciphers = ["Aes128", "Aes256"];

    public bool? RemovesOthersWithPassword => dialect.HasSinglePassword;

    public IReadOnlyList<string> GetCiphers(EncryptionCertificates certificates) => s_ciphers;

    public bool IsOwnLogin(string login, string userName) => string.Equals(login, userName, StringComparison.OrdinalIgnoreCase);

    public void Check(NewAppPassword appPassword)
    {
        if (appPassword.Expires is not null || appPassword.AllowedIp.Count > 0)
        {
            throw new MailServerException(
                MailErrorCode.Unsupported,
                Operations.ChangeAccountAuth,
                $"Nothing was sent: an app password of a server before 0.16 {(appPassword.Expires is not null ? "does not expire" : "may be used from any address")}. Omit {(appPassword.Expires is not null ? "-Expires" : "-AllowedIp")}.")
            {
                Field = appPassword.Expires is not null ? "expires" : "allowedIp",
            };
        }
        CreateName(appPassword);
    }

    // It is hashed here: the server has no rule for it.
    public Task CheckPasswordAsync(string password, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<MailAccountAuth> GetAuthAsync(CancellationToken cancellationToken) =>
        channel.ReadAsync(new ApiRequestContext(Operations.GetAccountAuth), channel.Uri.For(Operations.GetAccountAuth), MailAccountAuth.Read, cancellationToken);

    public Task<MailAccountCrypto> GetCryptoAsync(CancellationToken cancellationToken) =>
        channel.ReadAsync(new ApiRequestContext(Operations.GetAccountCrypto), channel.Uri.For(Operations.GetAccountCrypto), MailAccountCrypto.Read, cancellationToken);

    public async Task<long?> EnableEncryptionAsync(EncryptionCertificates certificates, string cipher, bool allowSpamTraining, CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.SetAccountCrypto) { Action = "Switching encryption on" };
        byte[] body = SerializeJson(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, certificates.WireType);
            writer.WriteString("algo"u8, cipher);
            // Required from 0.15 on, ignored before.
            writer.WriteBoolean("allow_spam_training"u8, allowSpamTraining);
            writer.WriteString("certs"u8, certificates.Text);
            writer.WriteEndObject();
        });
        return await channel.ReadAsync(context, channel.Uri.For(Operations.SetAccountCrypto), AccountResource.ReadCount, cancellationToken, BodySize.Check(body, context.Operation)).ConfigureAwait(false);
    }

    public Task DisableEncryptionAsync(CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.SetAccountCrypto) { Action = "Switching encryption off" };
        Task disabling = channel.SendAsync(context, channel.Uri.For(Operations.SetAccountCrypto), cancellationToken, "{\"type\":\"disabled\"}"u8.ToArray());
        return LostWrites.ResolveAsync(disabling, async () => !(await GetCryptoAsync(cancellationToken).ConfigureAwait(false)).IsEnabled);
    }

    public async Task<AddedAppPassword> AddAppPasswordAsync(NewAppPassword appPassword, CancellationToken cancellationToken)
    {
        MailAppPasswordName name = CreateName(appPassword);
        string hash = appPassword.Hash ?? "";
        AccountResource.ThrowIfEmpty(hash);
        var context = new ApiRequestContext(Operations.ChangeAccountAuth) { Secrets = [hash], Action = $"Adding the app password '{name}'" };
        Task adding = channel.SendAsync(context, channel.Uri.For(Operations.ChangeAccountAuth), cancellationToken, SerializeRequest("addAppPassword", ("name", name.RawName), ("password", hash)));
        // The stored name holds the moment: no other app password has it.
        await LostWrites.ResolveAsync(adding, () => HasAppPasswordAsync(name, cancellationToken)).ConfigureAwait(false);
        return new AddedAppPassword(name, null);
    }

    public async Task RemoveAppPasswordAsync(MailAppPasswordName name, CancellationToken cancellationToken)
    {
        // Nothing would be everything to the server.
        if (name.RawName.Length == 0)
        {
            throw new ArgumentException("The name is empty.", nameof(name));
        }
        // The server removes whatever begins so: the $ behind the name lets only the name itself match.
        byte[] body = SerializeRequest("removeAppPassword", ("name", name.RawName + "$"));
        // What is removed twice is gone as if it were once.
        var context = new ApiRequestContext(Operations.ChangeAccountAuth) { Idempotency = Idempotency.Idempotent, Action = $"Removing the app password '{name}'" };
        Task removal = channel.SendAsync(context, channel.Uri.For(Operations.ChangeAccountAuth), cancellationToken, body);
        await LostWrites.ResolveAsync(removal, async () => !await HasAppPasswordAsync(name, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }

    public Task SetPasswordAsync(PasswordCredential current, string secret, CancellationToken cancellationToken) =>
        SendWithPasswordAsync(current, SerializeRequest("setPassword", ("password", secret)), secret, "Setting the password", cancellationToken);

    public Task EnableOtpAsync(PasswordCredential current, string url, CancellationToken cancellationToken) =>
        SendWithPasswordAsync(current, SerializeRequest("enableOtpAuth", ("url", url)), url, "Switching one-time codes on", cancellationToken);

    public Task DisableOtpAsync(PasswordCredential current, CancellationToken cancellationToken) => LostWrites.ResolveAsync(
        SendWithPasswordAsync(current, SerializeRequest("disableOtpAuth", ("url", null)), null, "Switching one-time codes off", cancellationToken),
        async () => !await IsOtpEnabledAsync(cancellationToken).ConfigureAwait(false));

    public async Task<bool> IsOtpEnabledAsync(CancellationToken cancellationToken) => (await GetAuthAsync(cancellationToken).ConfigureAwait(false)).OtpEnabled;

    private MailAppPasswordName CreateName(NewAppPassword appPassword) => MailAppPasswordName.Create(appPassword.Name, time.GetUtcNow());

    private async Task SendWithPasswordAsync(PasswordCredential proof, byte[] body, string? secret, string action, CancellationToken cancellationToken)
    {
        string login = proof.UserName.Trim();
        try
        {
            await PostAsync(login, proof.Secret, null, body, secret, action, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.TotpRequired && proof.TotpCode is not null)
        {
            string? code = await proof.TotpCode(cancellationToken).ConfigureAwait(false);
            if (string.IsNullOrWhiteSpace(code))
            {
                throw;
            }
            await PostAsync(login, proof.Secret, TotpCode.Normalize(code), body, secret, action, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<bool> PostAsync(string login, string password, string? code, byte[] body, string? secret, string action, CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.ChangeAccountAuth, RequestAuthentication.SignIn) { Secrets = secret is null ? [password] : [password, secret], Action = action };
        var basic = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(code is null ? $"{login}:{password}" : $"{login}:{password}${code}")));
        return channel.ReadAsync(
            context,
            channel.Uri.For(Operations.ChangeAccountAuth),
            DataReaders.ReadNull,
            cancellationToken,
            body,
            basic);
    }

    private async Task<bool> HasAppPasswordAsync(MailAppPasswordName name, CancellationToken cancellationToken) =>
        (await GetAuthAsync(cancellationToken).ConfigureAwait(false)).AppPassword.Any(held => held.RawName == name.RawName);

    private static byte[] SerializeRequest(string type, params (string Name, string? Value)[] members) => SerializeJson(writer =>
    {
        writer.WriteStartArray();
        writer.WriteStartObject();
        writer.WriteString("type"u8, type);
        foreach ((string name, string? value) in members)
        {
            writer.WriteString(name, value);
        }
        writer.WriteEndObject();
        writer.WriteEndArray();
    });

    private static byte[] SerializeJson(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }
        return buffer.ToArray();
    }
}
