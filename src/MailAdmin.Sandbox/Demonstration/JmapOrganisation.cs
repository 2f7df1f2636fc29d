using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Directory;
using MailAdmin.Sandbox.Dkim;
using MailAdmin.Sandbox.Mail;
using MailAdmin.Sandbox.Principals;
using MailAdmin.Sandbox.Registry;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Demonstration;

/// <summary>
/// The sample organisation on a server from 0.16 on, beside what such a server begins with. What is otherwise there: a name is what stands before the
/// <c>@</c> of the first address; a group is in no other, so people are in those above theirs as well; a list names its recipients; roles and API
/// keys have no description beside their names; an API key belongs to an account. Rooms and equipment are left out.
/// </summary>
internal sealed class JmapOrganisation
{
    private const string UserRole = "user";

    /// <summary>The account that such a server begins with. It may do everything, and unlike the recovery administrator it is somebody: it has a password of its own to change.</summary>
    public static NetworkCredential Administrator { get; } = new("admin@example.org", "sandbox-admin");

    private readonly RegistryStore _store;
    private readonly ObjectCreator _creator;
    private readonly PrincipalBuilder[] _principals = [.. SampleOrganisation.Principals];
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);

    private JmapOrganisation(RegistryStore store)
    {
        _store = store;
        _creator = new ObjectCreator(store);
        _ids[UserRole] = store.Singleton("Authentication")["defaultUserRoleIds"]!.AsObject().Single().Key;
    }

    public static void Fill(RegistryStore store, BlobStore blobs, TimeProvider clock)
    {
        var organisation = new JmapOrganisation(store);
        foreach (PrincipalBuilder principal in organisation._principals)
        {
            organisation.Add(principal);
        }

        organisation.SetAdministratorPassword();
        organisation.AddSignature();
        foreach (SampleDeletedMail mail in SampleDeletedMail.List(clock.GetUtcNow()))
        {
            organisation.AddDeletedMail(mail, blobs);
        }

        // Its host resolves nowhere here, which a reload would find to be an error.
        organisation._creator.SetSingleton("SpamPyzor", new JsonObject { ["enable"] = false });
    }

    /// <summary>Its domains as others see them.</summary>
    public static IEnumerable<OwnDomain> DescribeDomains(RegistryStore store, DomainZone zone)
    {
        foreach (RegistryObject domain in store.List("Domain").Values.Where(domain => SampleOrganisation.Domains.Contains(domain.Text("name"))))
        {
            string name = domain.Text("name")!;
            string[] records = zone.Write(domain).Split('\n');
            yield return new OwnDomain(name, address => HasMailbox(store, address, domain), FindTxtRecord(records, name), FindTxtRecord(records, $"_dmarc.{name}"));
        }
    }

    private static bool HasMailbox(RegistryStore store, string address, RegistryObject domain)
    {
        lock (store.Gate)
        {
            return EmailAddresses.FindOwner(store, address[..address.LastIndexOf('@')], RegistryId.Format(domain.Id)) is not null;
        }
    }

    private static string? FindTxtRecord(string[] records, string name)
    {
        string beginning = $"{name}. IN TXT ";
        return records.FirstOrDefault(record => record.StartsWith(beginning, StringComparison.Ordinal))?[beginning.Length..].Trim('"');
    }

    private void Add(PrincipalBuilder principal)
    {
        switch (principal.Type)
        {
            case PrincipalType.Domain:
                AddDomain(principal);
                break;
            case PrincipalType.Individual:
                AddPerson(principal);
                break;
            case PrincipalType.Group:
                JsonObject group = DescribeAddressed(principal);
                group[RegistrySchema.Variant] = "Group";
                Create("Account", principal.Name, group);
                break;
            case PrincipalType.List:
                JsonObject list = DescribeAddressed(principal);
                list["recipients"] = ObjectCreator.Set(FindRecipients(principal));
                Create("MailingList", principal.Name, list);
                break;
            case PrincipalType.Role:
                Create("Role", principal.Name, DescribeRole(principal));
                break;
            case PrincipalType.ApiKey:
                AddApiKey(principal);
                break;
            case PrincipalType.OAuthClient:
                Create("OAuthClient", principal.Name, new JsonObject { ["clientId"] = principal.Name, ["description"] = principal.Description, ["redirectUris"] = ObjectCreator.Set(principal.Urls!) });
                break;
            default:
                break;
        }
    }

    private void Create(string type, string name, JsonObject values) => _ids[name] = RegistryId.Format(_creator.Create(type, values).Id);

    /// <summary>That of the host is there already.</summary>
    private void AddDomain(PrincipalBuilder principal)
    {
        if (_store.List("Domain").Values.FirstOrDefault(domain => domain.Text("name") == principal.Name) is { } found)
        {
            var described = (JsonObject)found.Value.DeepClone();
            described["description"] = principal.Description;
            _store.Update(found, described);
            _ids[principal.Name] = RegistryId.Format(found.Id);
            return;
        }

        Create("Domain", principal.Name, new JsonObject
        {
            ["name"] = principal.Name,
            ["description"] = principal.Description,
            ["dkimManagement"] = ObjectCreator.Variant("Manual"),
        });
    }

    private void AddPerson(PrincipalBuilder person)
    {
        JsonObject account = DescribeAddressed(person);
        account[RegistrySchema.Variant] = "User";
        account["roles"] = DescribeRoles(person.Roles);
        account["memberGroupIds"] = ObjectCreator.Set(FindGroups(person).Distinct().Select(group => _ids[group]));
        account["quotas"] = new JsonObject { ["maxDiskQuota"] = ((PrincipalValue.Number)person.Quota!).Value };
        JsonObject made = _creator.Complete("Account", account);
        Credentials.AddPassword(made, person.Secrets!.Single(), _creator);
        _ids[person.Name] = RegistryId.Format(_store.Insert(_store.Type("Account"), made).Id);
    }

    /// <summary>In place of the one that the setup made.</summary>
    private void SetAdministratorPassword()
    {
        RegistryObject found = _store.List("Account").Values.Single(account => account.Text("name") == "admin");
        var account = (JsonObject)found.Value.DeepClone();
        account["credentials"] = new JsonObject();
        Credentials.AddPassword(account, Administrator.Password, _creator);
        _store.Update(found, account);
    }

    private JsonObject DescribeAddressed(PrincipalBuilder principal)
    {
        JsonObject described = DescribeAddress(principal.Emails![0]);
        described["description"] = principal.Description;
        described["aliases"] = new JsonObject(principal.Emails.Skip(1).Select((address, place) => KeyValuePair.Create(place.ToString(CultureInfo.InvariantCulture), (JsonNode?)DescribeAddress(address))));
        return described;
    }

    private JsonObject DescribeAddress(string address)
    {
        string[] parts = address.Split('@');
        return new JsonObject { ["name"] = parts[0], ["domainId"] = _ids[parts[1]] };
    }

    private JsonObject DescribeRoles(string[] roles)
    {
        JsonObject described = ObjectCreator.Variant(roles switch
        {
            [UserRole] => "User",
            ["admin"] => "Admin",
            _ => "Custom",
        });
        if (described[RegistrySchema.Variant]!.GetValue<string>() == "Custom")
        {
            described["roleIds"] = ObjectCreator.Set(roles.Select(role => _ids[role]));
        }

        return described;
    }

    private static JsonObject DescribeRole(PrincipalBuilder role) => new()
    {
        ["description"] = role.Name,
        ["enabledPermissions"] = ObjectCreator.Set(RenamedPermissions.Of(role.EnabledPermissions)),
        ["disabledPermissions"] = ObjectCreator.Set(RenamedPermissions.Of(role.DisabledPermissions)),
    };

    private IEnumerable<string> FindGroups(PrincipalBuilder member) =>
        member.MemberOf.SelectMany(name => FindGroups(_principals.Single(principal => principal.Name == name)).Prepend(name));

    private IEnumerable<string> FindRecipients(PrincipalBuilder list) =>
        [.. _principals.Where(principal => principal.Lists.Contains(list.Name)).Select(principal => principal.Emails![0]), .. list.ExternalMembers ?? []];

    /// <summary>It belongs to the first person with the same roles. It is the same every time, since it tells account and key.</summary>
    private void AddApiKey(PrincipalBuilder key)
    {
        PrincipalBuilder owner = _principals.First(principal => principal.Type == PrincipalType.Individual && principal.Roles.SequenceEqual(key.Roles));
        RegistryObject found = _store.Find("Account", _ids[owner.Name])!;
        var account = (JsonObject)found.Value.DeepClone();
        uint id = (uint)Credentials.LastId(account) + 1;
        byte[] hidden = SHA256.HashData(Encoding.UTF8.GetBytes(key.Secrets!.Single()));
        JsonObject credential = _creator.Complete("SecondaryCredential", new JsonObject { ["description"] = key.Name });
        Credentials.Add(account, credential, Credentials.ApiKey, id, CredentialSecrets.FormatApiKey((uint)found.Id, id, hidden.AsSpan(0, CredentialSecrets.ApiKeyBytes)));
        _store.Update(found, account);
    }

    private void AddSignature() => _creator.Create("DkimSignature", new JsonObject
    {
        [RegistrySchema.Variant] = "Dkim1Ed25519Sha256",
        ["domainId"] = _ids[SampleOrganisation.SignedDomain],
        ["selector"] = SampleOrganisation.Selector,
        ["privateKey"] = new JsonObject { [RegistrySchema.Variant] = "Text", ["secret"] = DkimKeys.CreateEd25519() },
    });

    private void AddDeletedMail(SampleDeletedMail mail, BlobStore blobs) => _creator.Create("ArchivedItem", new JsonObject
    {
        [RegistrySchema.Variant] = "Email",
        ["accountId"] = _ids[mail.Account],
        ["blobId"] = BlobId.ForServer(blobs.Put(mail.Content)).ToString(),
        ["from"] = SampleDeletedMail.Sender,
        ["subject"] = mail.Subject,
        ["size"] = (ulong)mail.Content.Length,
        ["receivedAt"] = Timestamp.Format(mail.Deleted),
        ["archivedAt"] = Timestamp.Format(mail.Deleted),
        ["archivedUntil"] = Timestamp.Format(mail.Expires),
    });
}
