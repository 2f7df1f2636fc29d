using System.Text.Json;
using MailAdmin.Client.Passwords;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Collects the members of a principal while they are read, in whatever order they come. A field that does not come is empty where it was asked for, and else unknown.</summary>
/// <param name="fields">The fields that were asked for; none = all.</param>
internal sealed class PrincipalBuilder(IReadOnlyList<string> fields)
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
    private UnknownMembers? _additional;
    private OrderedDictionary<string, object?>? _limits;
    private List<string>? _appPasswords;
    private uint? _id;
    private long? _quota;
    private long? _usedQuota;
    private long? _memberCount;
    private StringList? _members;
    private string? _scheme;
    private int _passwordCount;
    private bool _hasOtp;

    public bool SetId(uint id)
    {
        _id = id;
        return true;
    }

    public bool TrySetQuota(List<long> numbers)
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

    public bool SetUsedQuota(long bytes)
    {
        _usedQuota = bytes;
        return true;
    }

    public bool SetMemberCount(long count)
    {
        _memberCount = count;
        return true;
    }

    public bool SetMembers(StringList names)
    {
        _members = names;
        return true;
    }

    /// <summary>Takes a field that is one text; false for any other.</summary>
    public bool TrySetText(string name, string text)
    {
        bool known = IsTextField(name);
        if (known)
        {
            _texts[name] = text;
        }
        return known;
    }

    /// <summary>Takes a field that is a list; false for any other.</summary>
    public bool TrySetList(string name, StringList list)
    {
        bool known = IsListField(name);
        if (known)
        {
            _lists[name] = list;
        }
        return known;
    }

    /// <summary>Whether a null under this name says no more than its absence.</summary>
    public static bool IsKnownField(string name) => IsTextField(name) || IsListField(name);

    /// <summary>Notes what can be said of a secret, and forgets the secret.</summary>
    public void AddSecret(string secret)
    {
        if (secret.StartsWith(TotpPrefix, StringComparison.Ordinal))
        {
            _hasOtp = true;
        }
        else if (secret.StartsWith(AppPasswordPrefix, StringComparison.Ordinal))
        {
            string name = secret[AppPasswordPrefix.Length..];
            int end = name.IndexOf('$', StringComparison.Ordinal);
            (_appPasswords ??= []).Add(end < 0 ? "" : name[..end]);
        }
        else
        {
            _passwordCount++;
            _scheme ??= PasswordSchemes.GetName(secret);
        }
    }

    public void AddUnknown(string name, JsonElement value) => (_additional ??= new()).Add(name, value);

    public MailPrincipal Build()
    {
        return new MailPrincipal
        {
            Id = _id ?? throw new JsonException("A principal has an id."),
            Fields = fields,
            Kind = _texts.TryGetValue(PrincipalField.Type, out string? type) ? PrincipalType.FromWire(type) : throw new JsonException("A principal has a type."),
            Name = GetText(PrincipalField.Name) ?? "",
            Description = GetText(PrincipalField.Description),
            Picture = GetText(PrincipalField.Picture),
            Tenant = GetText(PrincipalField.Tenant),
            Locale = GetText(PrincipalField.Locale),
            Email = GetList(PrincipalField.Emails),
            MemberOf = GetList(PrincipalField.MemberOf),
            List = GetList(PrincipalField.Lists),
            Role = GetList(PrincipalField.Roles),
            ExternalMember = GetList(PrincipalField.ExternalMembers),
            EnabledPermission = GetList(PrincipalField.EnabledPermissions),
            DisabledPermission = GetList(PrincipalField.DisabledPermissions),
            Url = GetList(PrincipalField.Urls),
            Quota = _quota ?? GetDefault(PrincipalField.Quota),
            UsedBytes = _usedQuota ?? GetDefault(PrincipalField.UsedQuota),
            Member = _members ?? GetEmpty(PrincipalField.Members),
            MemberCount = _memberCount ?? _members?.Count ?? GetDefault(PrincipalField.Members),
            PasswordScheme = _scheme,
            PasswordCount = WasAskedFor(PrincipalField.Secrets) ? _passwordCount : null,
            OtpEnabled = WasAskedFor(PrincipalField.Secrets) ? _hasOtp : null,
            AppPassword = _appPasswords is null ? GetEmpty(PrincipalField.Secrets) : new StringList(_appPasswords),
            PrincipalLimit = _limits is not null ? new NamedValues(_limits) : WasAskedFor(PrincipalField.Quota) ? NamedValues.Empty : null,
            AdditionalData = _additional?.ToValues() ?? NamedValues.Empty,
        };
    }

    private string? GetText(string name) => _texts.GetValueOrDefault(name);

    private StringList? GetList(string name) => _lists.TryGetValue(name, out StringList? list) ? list : GetEmpty(name);

    private bool WasAskedFor(string name) => PrincipalField.WasAskedFor(fields, name);

    private StringList? GetEmpty(string name) => WasAskedFor(name) ? StringList.Empty : null;

    private long? GetDefault(string name) => WasAskedFor(name) ? 0 : null;

    private static bool IsTextField(string name) =>
        name is PrincipalField.Type or PrincipalField.Name or PrincipalField.Description or PrincipalField.Picture or PrincipalField.Tenant or PrincipalField.Locale;

    private static bool IsListField(string name) =>
        name is PrincipalField.Emails or PrincipalField.MemberOf or PrincipalField.Lists or PrincipalField.Roles or PrincipalField.ExternalMembers
            or PrincipalField.EnabledPermissions or PrincipalField.DisabledPermissions or PrincipalField.Urls;
}
