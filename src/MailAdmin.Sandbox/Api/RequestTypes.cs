// The one table of what the server reads bodies into. docs/api.md describes the same, operation by operation.
using System.Text.Json;
using MailAdmin.Sandbox.Bodies;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Values;
using static MailAdmin.Sandbox.Bodies.BodyMember;

namespace MailAdmin.Sandbox.Api;

/// <summary>The types of the JSON bodies in one version of the server. A body that does not fit is refused as a whole, before anything of it is done.</summary>
internal sealed class RequestTypes
{
    private const string UnreadableDetail = "JSON deserialization failed";

    /// <summary>The longest text in a principal.</summary>
    private const int MaxPrincipalTextBytes = 512;

    private static readonly BodyType s_any = new AnyBody();
    private static readonly BodyType s_text = new TextBody();
    private static readonly BodyType s_shortText = new TextBody(MaxPrincipalTextBytes);
    private static readonly BodyType s_texts = new ListBody(s_text);
    private static readonly BodyType s_number = new NumberBody();
    private static readonly BodyType s_boolean = new BooleanBody();
    private static readonly BodyType s_address = new FormattedText("IP address", text => IpText.FindAddress(text) is not null);
    private static readonly BodyType s_time = new FormattedText("date", RequestTime.IsRfc3339);
    private static readonly BodyType s_hash = new FormattedText("hash", IsBase64);
    private static readonly BodyType s_principalValue = new UnionBody(s_shortText, s_number, new ListBody(s_shortText), new ListBody(s_number));

    /// <summary>The fields of a principal that hold several texts.</summary>
    private static readonly string[] s_listFields =
        ["secrets", "emails", "urls", "externalMembers", "members", "memberOf", "lists", "roles", "enabledPermissions", "disabledPermissions"];

    /// <summary>The operations whose refusal says what the parser said, instead of only that there was something (docs/api.md §2.3).</summary>
    private static readonly Operation[] s_explained = [Operations.CreateDkimSignature, Operations.SetAccountCrypto];

    private readonly Dictionary<Operation, BodyType> _types;

    public RequestTypes(ServerDialect dialect) => _types = new Dictionary<Operation, BodyType>
    {
        [Operations.RequestOAuthCode] = new TaggedBody(
            ("code", new ObjectBody(Required("client_id", s_text), Optional("redirect_uri", s_text), Optional("nonce", s_text))),
            ("device", new ObjectBody(Required("code", s_text)))),
        [Operations.RegisterClient] = new ObjectBody(
            Required("redirect_uris", s_texts), Default("contacts", s_texts), Optional("client_name", s_text), Optional("logo_uri", s_text)),

        [Operations.CreatePrincipal] = CreateNewPrincipal(dialect),
        [Operations.PatchPrincipal] = new ListBody(new ObjectBody(
            Required("action", new WordBody("set", "addItem", "removeItem")),
            Required("field", new WordBody(GetPatchFields(dialect))),
            Required("value", s_principalValue))),

        [Operations.ChangeAccountAuth] = new ListBody(new TaggedBody(
            ("setPassword", new ObjectBody(Required("password", s_text))),
            ("enableOtpAuth", new ObjectBody(Required("url", s_text))),
            ("disableOtpAuth", new ObjectBody(Optional("url", s_text))),
            ("addAppPassword", new ObjectBody(Required("name", s_text), Required("password", s_text))),
            ("removeAppPassword", new ObjectBody(Optional("name", s_text))))),
        [Operations.SetAccountCrypto] = CreateEncryption(dialect),

        [Operations.CreateDkimSignature] = new ObjectBody(
            Optional("id", s_text), Required("algorithm", new WordBody("Rsa", "Ed25519")), Required("domain", s_text), Optional("selector", s_text)),
        [Operations.ChangeSettings] = new ListBody(new TaggedBody(
            ("delete", new ObjectBody(Required("keys", s_texts))),
            ("clear", new ObjectBody(Required("prefix", s_text), Optional("filter", s_text))),
            ("insert", new ObjectBody(Optional("prefix", s_text), Required("values", new ListBody(new TupleBody(s_text, s_text))), Required("assert_empty", s_boolean))))),

        [Operations.RestoreDeletedItems] = new OptionBody(new ListBody(new ObjectBody(
            Required("hash", s_hash),
            Required("collection", new WordBody(
                "email", "mailbox", "thread", "identity", "emailSubmission", "sieveScript", "pushSubscription", "principal", "calendar", "calendarEvent", "addressBook", "contactCard", "fileNode")),
            Required("restoreTime", s_time),
            Optional("cancelDeletion", s_time)))),

        [Operations.ClassifyMessage] = new ObjectBody(
            Required("message", s_text),
            Required("remoteIp", s_address),
            Default("ehloDomain", s_text),
            Optional("authenticatedAs", s_text),
            Default("isTls", s_boolean),
            Required("envFrom", s_text),
            Required("envFromFlags", s_number),
            Required("envRcptTo", s_texts)),
        [Operations.TestDmarc] = new ObjectBody(Required("remoteIp", s_address), Required("ehloDomain", s_text), Required("mailFrom", s_text), Optional("body", s_text)),
    };

    /// <summary>The operations that read JSON.</summary>
    public IReadOnlyCollection<Operation> Known => _types.Keys;

    /// <summary>The body of a call of this operation.</summary>
    /// <exception cref="ApiException">It is no JSON, or of another type.</exception>
    public JsonDocument Parse(Operation operation, ReadOnlyMemory<byte> body)
    {
        JsonDocument? document = RequestJson.TryParse(body, out string? fault);
        fault ??= _types[operation].FindFault(document!.RootElement);
        if (fault is null)
        {
            return document!;
        }

        document?.Dispose();
        throw s_explained.Contains(operation) ? ApiException.BadParameters(fault) : ApiException.BadParameters(UnreadableDetail, fault);
    }

    private static ObjectBody CreateNewPrincipal(ServerDialect dialect)
    {
        var oneOrMany = new UnionBody(s_shortText, new ListBody(dialect.SkipsNonStrings ? s_any : s_text));
        BodyMember[] members =
        [
            Default("id", s_any),
            Default("type", new WordBody("individual", "superuser", "group", "resource", "location", "list", "domain", "tenant", "role", "apiKey", "oauthClient")),
            Default("name", s_shortText),
            Optional("description", s_shortText),
            Optional("picture", s_shortText),
            Optional("tenant", s_shortText),
            Default("quota", s_principalValue),
            Default("usedQuota", s_any),
            .. s_listFields.Select(name => Default(name, oneOrMany)),
        ];
        return new ObjectBody(dialect.HasLocale ? [.. members, Optional("locale", s_shortText)] : members) { IsClosed = true };
    }

    private static string[] GetPatchFields(ServerDialect dialect)
    {
        string[] fields = ["type", "name", "description", "picture", "quota", "usedQuota", "tenant", .. s_listFields];
        return dialect.HasLocale ? [.. fields, "locale"] : fields;
    }

    private static TaggedBody CreateEncryption(ServerDialect dialect)
    {
        BodyMember[] members = [Required("algo", new WordBody("Aes128", "Aes256")), Required("certs", s_text)];
        var keys = new ObjectBody(dialect.EncryptionHasSpamTrainingFlag ? [.. members, Required("allow_spam_training", s_boolean)] : members);
        return new TaggedBody(("pGP", keys), ("sMIME", keys), ("disabled", new ObjectBody()));
    }

    /// <summary>Base64 for URLs, without padding.</summary>
    private static bool IsBase64(string text) => text.Length % 4 != 1 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
