using System.Text.Json;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Collects the members of a principal while they are read, in whatever order they come.</summary>
internal sealed class PrincipalDraft
{
    private const string TotpPrefix = "otpauth://";
    private const string AppPasswordPrefix = "$app$";

    // The places of a tenant's quota list, after the storage: the server's numbers of its types. 4 was the superuser's.
    private static readonly PrincipalType[] s_limitedTypes =
    [
        PrincipalType.Individual, PrincipalType.Group, PrincipalType.Resource, PrincipalType.Location, PrincipalType.FromWire("superuser"),
        PrincipalType.List, PrincipalType.FromWire("other"), PrincipalType.Domain, PrincipalType.Tenant, PrincipalType.Role, PrincipalType.ApiKey,
        PrincipalType.OauthClient,
    ];

    private readonly Dictionary<string, string> _texts = [];
    private readonly Dictionary<string, StringList> _lists = [];
    private Dictionary<string, JsonElement>? _additional;
    private Dictionary<PrincipalType, long>? _limits;
    private List<string>? _appPasswords;
    private uint? _id;
    private long _quota;
    private long _usedQuota;
    private long? _memberCount;
    private StringList? _members;
    private string? _scheme;
    private int _passwords;
    private bool _otp;

    public bool TakeId(uint id)
    {
        _id = id;
        return true;
    }

    public bool TakeQuota(List<long> numbers)
    {
        if (numbers.Count > s_limitedTypes.Length + 1)
        {
            return false;
        }
        _quota = numbers.Count > 0 ? numbers[0] : 0;
        for (int index = 1; index < numbers.Count; index++)
        {
            if (numbers[index] != 0)
            {
                (_limits ??= [])[s_limitedTypes[index - 1]] = numbers[index];
            }
        }
        return true;
    }

    public bool TakeUsedQuota(long bytes)
    {
        _usedQuota = bytes;
        return true;
    }

    public bool TakeMemberCount(long count)
    {
        _memberCount = count;
        return true;
    }

    public bool TakeMembers(StringList names)
    {
        _members = names;
        return true;
    }

    /// <summary>Takes a field that is one text; false for any other.</summary>
    public bool TakeText(string name, string text)
    {
        bool known = IsText(name);
        if (known)
        {
            _texts[name] = text;
        }
        return known;
    }

    /// <summary>Takes a field that is a list; false for any other.</summary>
    public bool TakeList(string name, StringList list)
    {
        bool known = IsList(name);
        if (known)
        {
            _lists[name] = list;
        }
        return known;
    }

    /// <summary>Whether a null under this name says no more than its absence.</summary>
    public static bool Knows(string name) => IsText(name) || IsList(name);

    /// <summary>Notes what can be said of a secret, and forgets the secret.</summary>
    public void TakeSecret(string secret)
    {
        if (secret.StartsWith(TotpPrefix, StringComparison.Ordinal))
        {
            _otp = true;
        }
        else if (secret.StartsWith(AppPasswordPrefix, StringComparison.Ordinal))
        {
            string name = secret[AppPasswordPrefix.Length..];
            int end = name.IndexOf('$', StringComparison.Ordinal);
            (_appPasswords ??= []).Add(end < 0 ? "" : name[..end]);
        }
        else
        {
            _passwords++;
            _scheme ??= PasswordSchemes.NameOf(secret);
        }
    }

    public void Keep(string name, JsonElement value) => (_additional ??= [])[name] = value;

    public MailPrincipal Finish()
    {
        var principal = new MailPrincipal
        {
            Id = _id ?? throw new JsonException("A principal has an id."),
            Type = _texts.TryGetValue(PrincipalField.Type, out string? type) ? PrincipalType.FromWire(type) : throw new JsonException("A principal has a type."),
            Name = Text(PrincipalField.Name) ?? "",
            Description = Text(PrincipalField.Description),
            Picture = Text(PrincipalField.Picture),
            Tenant = Text(PrincipalField.Tenant),
            Locale = Text(PrincipalField.Locale),
            Email = List(PrincipalField.Emails),
            MemberOf = List(PrincipalField.MemberOf),
            List = List(PrincipalField.Lists),
            Role = List(PrincipalField.Roles),
            ExternalMember = List(PrincipalField.ExternalMembers),
            EnabledPermission = List(PrincipalField.EnabledPermissions),
            DisabledPermission = List(PrincipalField.DisabledPermissions),
            Url = List(PrincipalField.Urls),
            Quota = _quota,
            UsedQuota = _usedQuota,
            Member = _members ?? StringList.Empty,
            MemberCount = _memberCount ?? _members?.Count ?? 0,
            PasswordScheme = _scheme,
            PasswordCount = _passwords,
            OtpEnabled = _otp,
            AppPassword = _appPasswords is null ? StringList.Empty : new StringList(_appPasswords),
        };
        return WithRarities(principal);
    }

    private MailPrincipal WithRarities(MailPrincipal principal) => (_limits, _additional) switch
    {
        (null, null) => principal,
        (null, { } additional) => principal with { AdditionalData = additional },
        ({ } limits, null) => principal with { PrincipalLimit = limits },
        ({ } limits, { } additional) => principal with { PrincipalLimit = limits, AdditionalData = additional },
    };

    private string? Text(string name) => _texts.GetValueOrDefault(name);

    private StringList List(string name) => _lists.GetValueOrDefault(name, StringList.Empty);

    private static bool IsText(string name) =>
        name is PrincipalField.Type or PrincipalField.Name or PrincipalField.Description or PrincipalField.Picture or PrincipalField.Tenant or PrincipalField.Locale;

    private static bool IsList(string name) =>
        name is PrincipalField.Emails or PrincipalField.MemberOf or PrincipalField.Lists or PrincipalField.Roles or PrincipalField.ExternalMembers
            or PrincipalField.EnabledPermissions or PrincipalField.DisabledPermissions or PrincipalField.Urls;
}
