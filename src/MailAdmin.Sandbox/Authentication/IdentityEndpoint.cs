using System.Security.Cryptography;
using System.Text.Json;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Principals;

namespace MailAdmin.Sandbox.Authentication;

/// <summary><c>/auth/introspect</c>, <c>/auth/userinfo</c>, <c>/auth/register</c>: about tokens, their owners and their clients.</summary>
internal sealed class IdentityEndpoint(PrincipalStore store, AccessTokens tokens, Authenticator authenticator)
{
    private const int MaxIntrospectBytes = 1024;
    private const int MaxRegisterBytes = 20 * 1024;

    /// <summary>Every signed-in caller may ask about any token.</summary>
    public SandboxResponse Introspect(SandboxRequest request, Caller caller)
    {
        string token = new OAuthForm(request, MaxIntrospectBytes)["token"] ?? throw ApiException.BadParameters();
        TokenInfo? info = tokens.Read(token, null);
        Caller? owner = info is null ? null : info.AccountId == caller.Id ? caller : authenticator.GetCaller(info.AccountId);
        return Responses.Object(200, json =>
        {
            json.WriteBoolean("active"u8, owner is not null);
            if (owner is null)
            {
                return;
            }

            json.WriteString("client_id"u8, info!.ClientId);
            json.WriteString("username"u8, owner.Name);
            json.WriteString("token_type"u8, "bearer"u8);
            json.WriteNumber("exp"u8, info.ExpiresAt.ToUnixTimeSeconds());
            json.WriteNumber("iat"u8, info.IssuedAt.ToUnixTimeSeconds());
        });
    }

    public SandboxResponse GetUserInfo(Caller caller)
    {
        string? description = store.Find(caller.Id)?.Description;
        return Responses.Object(200, json =>
        {
            json.WriteString("sub"u8, caller.Id.ToString(null, null));
            if (description is not null)
            {
                json.WriteString("name"u8, description);
            }

            json.WriteString("preferred_username"u8, caller.Name);
            if (caller.Address is null)
            {
                return;
            }

            json.WriteString("email"u8, caller.Address);
            json.WriteBoolean("email_verified"u8, true);
        });
    }

    /// <summary>Registers a client, which becomes a principal.</summary>
    public SandboxResponse Register(SandboxRequest request, Caller caller)
    {
        caller.Require("oauth-client-registration");
        if (request.Body.Length > MaxRegisterBytes)
        {
            throw ApiException.BadParameters();
        }

        using JsonDocument body = store.Dialect.RequestTypes.Parse(Operations.RegisterClient, request.Body);
        return Register(body.RootElement);
    }

    private SandboxResponse Register(JsonElement body)
    {
        string clientId = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 20);
        string[] uris = body.GetTexts("redirect_uris");
        lock (store.Gate)
        {
            store.Add(
                new Principal
                {
                    Id = store.AllocateId(),
                    Type = PrincipalType.OAuthClient,
                    Name = clientId,
                    Description = body.FindText("client_name"),
                    Picture = body.FindText("logo_uri"),
                    Urls = uris,
                    Emails = body.FindTexts("contacts") ?? [],
                },
                []);
        }

        return Responses.Object(200, json =>
        {
            json.WriteString("client_id"u8, clientId);
            foreach (JsonProperty member in body.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
            {
                member.WriteTo(json);
            }
        });
    }
}
