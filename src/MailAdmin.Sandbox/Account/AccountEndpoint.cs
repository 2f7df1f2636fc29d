using System.Text.Json;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Principals;
using MailAdmin.Sandbox.Settings;

namespace MailAdmin.Sandbox.Account;

/// <summary><c>/api/account</c>: what callers do to their own accounts.</summary>
internal sealed class AccountEndpoint(PrincipalStore store, SettingsStore settings, EncryptionAtRest encryption) : IEndpoint
{
    public SandboxResponse Handle(ApiCall call)
    {
        switch (call.Method, call.GetSegment(1))
        {
            case ("GET", "auth"):
                call.Caller.Require("manage-passwords");
                return ShowAuthentication(call.Caller);
            case ("POST", "auth"):
                call.Caller.Require("manage-passwords");
                ChangeAuthentication(call);
                return Responses.Success();
            case ("GET", "crypto"):
                call.Caller.Require("manage-encryption");
                return encryption.Show(call.Caller.Id);
            case ("POST", "crypto"):
                call.Caller.Require("manage-encryption");
                return encryption.Change(call);
            default:
                throw ApiException.NoSuchResource();
        }
    }

    private SandboxResponse ShowAuthentication(Caller caller)
    {
        string[] secrets = store.Find(caller.Id)?.Secrets ?? [];
        IEnumerable<string> appPasswords = secrets.Select(SecretKinds.SplitAppPassword).OfType<(string Name, string Hash)>().Select(app => app.Name);
        return Responses.Data(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("otpEnabled"u8, secrets.Any(SecretKinds.IsTotp));
            json.WriteStrings("appPasswords"u8, appPasswords);
            json.WriteEndObject();
        });
    }

    private void ChangeAuthentication(ApiCall call)
    {
        using JsonDocument body = call.ParseBody();
        IReadOnlyList<AccountRequest> requests = AccountRequest.ParseAll(body.RootElement);
        bool isBasic = call.Request.Authorization?.StartsWith("basic ", StringComparison.OrdinalIgnoreCase) == true;
        if (!isBasic && requests.Any(request => request.NeedsPassword))
        {
            throw ApiException.Other("Password changes only allowed using Basic auth");
        }

        if (call.Caller.IsFallbackAdministrator)
        {
            ChangeFallbackPassword(requests[0]);
        }
        else
        {
            PrincipalPatch.Apply(store, call.Caller.Id, requests.SelectMany(request => request.Changes), call.Caller);
        }
    }

    /// <summary>The fallback administrator is a setting, and only the first request is processed.</summary>
    private void ChangeFallbackPassword(AccountRequest request)
    {
        if (request.NewPassword is null)
        {
            throw ApiException.Other("The fallback administrator has neither TOTP nor app passwords");
        }

        settings.Set("authentication.fallback-admin.secret", request.NewPassword);
    }
}
