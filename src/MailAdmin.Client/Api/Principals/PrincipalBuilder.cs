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

    private readonly MailPrincipal _principal = new() { Fields = fields };
    private UnknownMembers? _additional;
    private OrderedDictionary<string, object?>? _limits;
    private List<string>? _appPasswords;
    private int _passwordCount;
    private bool _hasId;
    private bool _hasType;
    private bool _hasOtp;

    public bool SetId(uint id)
    {
        _principal.Id = id;
        _hasId = true;
        return true;
    }

    public bool SetQuota(long bytes)
    {
        _principal.Quota = bytes;
        return true;
    }

    public bool TrySetQuota(List<long> numbers)
    {
        if (numbers.Count > s_limitedTypes.Length + 1)
        {
            return false;
        }
        for (int index = 1; index < numbers.Count; index++)
        {
            if (numbers[index] != 0)
            {
                (_limits ??= [])[s_limitedTypes[index - 1]] = numbers[index];
            }
        }
        return SetQuota(numbers.Count > 0 ? numbers[0] : 0);
    }

    public bool SetUsedQuota(long bytes)
    {
        _principal.UsedBytes = bytes;
        return true;
    }

    public bool SetMemberCount(long count)
    {
        _principal.MemberCount = count;
        return true;
    }

    public bool SetMembers(StringList names)
    {
        _principal.Member = names;
        return true;
    }

    /// <summary>Takes a field that is one text; false for any other.</summary>
    public bool TrySetText(string name, string text)
    {
        switch (name)
        {
            case PrincipalField.Type:
                _principal.Kind = PrincipalType.FromWire(text);
                _hasType = true;
                return true;
            case PrincipalField.Name:
                _principal.Name = text;
                return true;
            case PrincipalField.Description:
                _principal.Description = text;
                return true;
            case PrincipalField.Picture:
                _principal.Picture = text;
                return true;
            case PrincipalField.Tenant:
                _principal.Tenant = text;
                return true;
            case PrincipalField.Locale:
                _principal.Locale = text;
                return true;
            default:
                return false;
        }
    }

    /// <summary>Takes a field that is a list; false for any other.</summary>
    public bool TrySetList(string name, StringList list)
    {
        switch (name)
        {
            case PrincipalField.Emails:
                _principal.Email = list;
                return true;
            case PrincipalField.MemberOf:
                _principal.MemberOf = list;
                return true;
            case PrincipalField.Lists:
                _principal.List = list;
                return true;
            case PrincipalField.Roles:
                _principal.Role = list;
                return true;
            case PrincipalField.ExternalMembers:
                _principal.ExternalMember = list;
                return true;
            case PrincipalField.EnabledPermissions:
                _principal.EnabledPermission = list;
                return true;
            case PrincipalField.DisabledPermissions:
                _principal.DisabledPermission = list;
                return true;
            case PrincipalField.Urls:
                _principal.Url = list;
                return true;
            default:
                return false;
        }
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
            _principal.PasswordScheme ??= PasswordSchemes.GetName(secret);
        }
    }

    public void AddUnknown(string name, JsonElement value) => (_additional ??= new()).Add(name, value);

    public MailPrincipal Build()
    {
        if (!_hasId || !_hasType)
        {
            throw new JsonException(_hasId ? "A principal has a type." : "A principal has an id.");
        }
        _principal.Email ??= GetEmpty(PrincipalField.Emails);
        _principal.MemberOf ??= GetEmpty(PrincipalField.MemberOf);
        _principal.List ??= GetEmpty(PrincipalField.Lists);
        _principal.Role ??= GetEmpty(PrincipalField.Roles);
        _principal.ExternalMember ??= GetEmpty(PrincipalField.ExternalMembers);
        _principal.EnabledPermission ??= GetEmpty(PrincipalField.EnabledPermissions);
        _principal.DisabledPermission ??= GetEmpty(PrincipalField.DisabledPermissions);
        _principal.Url ??= GetEmpty(PrincipalField.Urls);
        _principal.Quota ??= GetDefault(PrincipalField.Quota);
        _principal.UsedBytes ??= GetDefault(PrincipalField.UsedQuota);
        _principal.MemberCount ??= _principal.Member?.Count ?? GetDefault(PrincipalField.Members);
        _principal.Member ??= GetEmpty(PrincipalField.Members);
        _principal.PasswordCount = WasAskedFor(PrincipalField.Secrets) ? _passwordCount : null;
        _principal.OtpEnabled = WasAskedFor(PrincipalField.Secrets) ? _hasOtp : null;
        _principal.AppPassword = _appPasswords is null ? GetEmpty(PrincipalField.Secrets) : new StringList(_appPasswords);
        _principal.PrincipalLimit = _limits is not null ? new NamedValues(_limits) : WasAskedFor(PrincipalField.Quota) ? NamedValues.Empty : null;
        _principal.AdditionalData = _additional?.ToValues() ?? NamedValues.Empty;
        return _principal;
    }

    private bool WasAskedFor(string name) => PrincipalField.WasAskedFor(fields, name);

    private StringList? GetEmpty(string name) => WasAskedFor(name) ? StringList.Empty : null;

    private long? GetDefault(string name) => WasAskedFor(name) ? 0 : null;

    private static bool IsTextField(string name) =>
        name is PrincipalField.Type or PrincipalField.Name or PrincipalField.Description or PrincipalField.Picture or PrincipalField.Tenant or PrincipalField.Locale;

    private static bool IsListField(string name) =>
        name is PrincipalField.Emails or PrincipalField.MemberOf or PrincipalField.Lists or PrincipalField.Roles or PrincipalField.ExternalMembers
            or PrincipalField.EnabledPermissions or PrincipalField.DisabledPermissions or PrincipalField.Urls;
}
