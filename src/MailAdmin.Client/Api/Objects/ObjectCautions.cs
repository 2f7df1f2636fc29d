using System.Text.Json.Nodes;
using MailAdmin.Client.Api.Dkim;
using MailAdmin.Client.Api.Principals;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Objects;

/// <summary>
/// What the server takes of some types without a word, though it does harm or something else than one expects (docs/api-0.16.md §11): it is refused, or said, before anything is sent.
/// </summary>
internal sealed class ObjectCautions(JmapChannel channel, TypeSchema type)
{
    private const string DomainType = "Domain";
    private const string RoleType = "Role";
    private const string CertificateType = "Certificate";
    private const string SignatureType = "DkimSignature";
    private const string Enabled = "enabledPermissions";
    private const string SetsPasswords = "sysAccountUpdate";
    private static readonly string[] s_naming = ["name", "domainId"];

    /// <summary>Checks a new object.</summary>
    /// <param name="value">What is to be sent.</param>
    /// <param name="roleIds">The roles that it names.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>What is to be said.</returns>
    /// <exception cref="MailServerException"><c>RejectedByClient</c>, <c>AlreadyExists</c> or <c>NotFound</c>, with the property.</exception>
    public Task<IReadOnlyList<string>> CheckCreationAsync(JsonObject value, IReadOnlyCollection<string> roleIds, CancellationToken cancellationToken) =>
        CheckAsync(value, null, roleIds, cancellationToken);

    /// <summary>Checks a change.</summary>
    /// <param name="current">The object as it is.</param>
    /// <param name="values">The paths and values that are to be sent.</param>
    /// <param name="roleIds">The roles that they name.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>What is to be said.</returns>
    /// <exception cref="MailServerException"><c>RejectedByClient</c>, <c>AlreadyExists</c> or <c>NotFound</c>, with the property.</exception>
    public Task<IReadOnlyList<string>> CheckUpdateAsync(JsonObject current, IReadOnlyList<(string Path, JsonNode? Value)> values, IReadOnlyCollection<string> roleIds, CancellationToken cancellationToken) =>
        CheckAsync(Nest(values), current, roleIds, cancellationToken);

    /// <summary>What is lost with an object, for the question; null where it is the object alone.</summary>
    public static string? FindLoss(MailObject item) => item.Type switch
    {
        "Account" => "all mail of the account is deleted with it",
        _ => null,
    };

    /// <summary>What remains to be done when an object is gone; null for nothing.</summary>
    public static string? FindRemainder(MailObject item) => item.Type == "BlockedIp" && item.Property.TryGetValue("reason", out object? reason) && reason is not "manual"
        ? "The server goes on counting what it was banned for: the next wrong password bans the address again."
            + " New-MailObject Task @{ '@type' = 'StoreMaintenance'; maintenanceType = 'resetRateLimiters' } resets the counters of all addresses; New-MailObject AllowedIp exempts one."
        : null;

    private async Task<IReadOnlyList<string>> CheckAsync(JsonObject written, JsonObject? current, IReadOnlyCollection<string> roleIds, CancellationToken cancellationToken)
    {
        string? id = current?["id"]!.GetValue<string>();
        CheckExpressions(written);
        CheckRecipients(written["recipients"]);
        if (type.Name == RoleType && id is not null && GetItems(written["roleIds"]).Contains(id))
        {
            throw ObjectWriter.Refuse("roleIds", "a role on itself could never be removed again.");
        }
        if (type.Name == CertificateType)
        {
            CertificateKey.ThrowIfNoPem(written, "certificate", "value");
            CertificateKey.Check(written);
        }
        if (type.Name == "PublicKey" && GetText(written["key"]).Any(key => !key.Contains("-----BEGIN ", StringComparison.Ordinal)))
        {
            throw ObjectWriter.Refuse("key", "'key' holds neither a PGP public key nor a certificate: both begin with a line like '-----BEGIN CERTIFICATE-----'.");
        }
        await CheckRolesAsync(roleIds, cancellationToken).ConfigureAwait(false);
        if (type.Name == DomainType)
        {
            await CheckDomainNamesAsync(id, [.. GetItems(written["aliases"]), .. GetText(written["name"])], cancellationToken).ConfigureAwait(false);
        }
        if (type.Name == SignatureType)
        {
            await CheckSelectorAsync(id, written["domainId"] ?? current?["domainId"], written["selector"], cancellationToken).ConfigureAwait(false);
            CertificateKey.ThrowIfNoPem(written, "privateKey", "secret", takesBase64: ObjectShape.GetVariant(current ?? written)?.Contains("Rsa", StringComparison.Ordinal) == false);
        }
        return [.. FindWarnings(written, current)];
    }

    private IEnumerable<string> FindWarnings(JsonObject written, JsonObject? current)
    {
        if (current is not null && FindRenameWarning(written, current) is { } renamed)
        {
            yield return renamed;
        }
        if (type.Name == DomainType && current is null && written["isEnabled"]?.GetValue<bool>() == false)
        {
            yield return ObjectPatch.DomainSwitch;
        }
        if (type.Name == DomainType && current is null && ObjectShape.GetVariant(written["dkimManagement"]) is null or "Automatic")
        {
            yield return "The server makes DKIM keys for the domain once it is there, and signs with them at once, before DNS has them. dkimManagement = 'Manual' prevents it.";
        }
        if (type.Name is RoleType or "Account" or "Tenant" && (Grants(written) || Grants(written["permissions"])) && !(Grants(current) || Grants(current?["permissions"])))
        {
            yield return $"{SetsPasswords} is the right to set the password of every account, also that of an administrator: whoever has it can become one.";
        }
        if (type.Name == "Account" && ObjectShape.GetVariant(current ?? written) == "User" && ObjectShape.GetVariant(written["roles"]) == "Custom")
        {
            yield return "Custom roles stand in place of the role of users: unless one of them is that role or contains it, the account can neither read its mail nor change its password.";
        }
        if (type.Name == CertificateType && current is not null && written.ContainsKey("certificate") != written.ContainsKey("privateKey"))
        {
            yield return "The server does not show the private key, and does not check whether it belongs to the certificate: specify both, and they are compared here.";
        }
    }

    private string? FindRenameWarning(JsonObject written, JsonObject current)
    {
        PrincipalType? kind = type.Name switch
        {
            DomainType => PrincipalType.Domain,
            "MailingList" => PrincipalType.List,
            "Account" => ObjectShape.GetVariant(current) == "Group" ? PrincipalType.Group : PrincipalType.Individual,
            _ => null,
        };
        bool isOther = s_naming.Any(property => GetText(written[property]).Any(text => !GetText(current[property]).Contains(text, StringComparer.OrdinalIgnoreCase)));
        return isOther && kind is { } named ? GetText(current["emailAddress"] ?? current["name"]).Select(name => JmapPrincipalUpdate.FindRenameWarning(named, name)).FirstOrDefault() : null;
    }

    private static bool Grants(JsonNode? value) => value is JsonObject members && members[Enabled] is JsonObject granted && granted.ContainsKey(SetsPasswords);

    private static void CheckExpressions(JsonObject written)
    {
        foreach ((string path, string text) in ExpressionText.Find(written))
        {
            if (ExpressionText.FindError(text) is { } problem)
            {
                throw ObjectWriter.Refuse(path, $"'{text}' ({path}) is no expression: {problem}.");
            }
        }
    }

    private void CheckRecipients(JsonNode? recipients)
    {
        if (type.Name != "MailingList")
        {
            return;
        }
        foreach (string recipient in GetItems(recipients))
        {
            if (MailAddress.GetValidationError(recipient) is { } problem)
            {
                throw ObjectWriter.Refuse("recipients", $"'{recipient}' is no address ({problem.TrimEnd('.')}): the server would take it, and mail to the list would wait for it.");
            }
        }
    }

    // The server fails on one that is not there, again and again, and does not say why.
    private async Task CheckRolesAsync(IReadOnlyCollection<string> roleIds, CancellationToken cancellationToken)
    {
        if (roleIds.Count == 0)
        {
            return;
        }
        try
        {
            if (await channel.FindMissingAsync(ObjectTypeName.ToWire(RoleType), [.. roleIds.Distinct()], cancellationToken).ConfigureAwait(false) is [var missing, ..])
            {
                throw ObjectWriter.Refuse("roleIds", $"there is no {RoleType} with the id '{missing}'. Get-MailObject {RoleType} lists them.", MailErrorCode.NotFound);
            }
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden)
        {
            // Who may not read them leaves it to the server.
        }
    }

    private async Task CheckDomainNamesAsync(string? id, IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        if (await new JmapDomainNames(channel).FindTakenAsync(names, id, cancellationToken).ConfigureAwait(false) is { } taken)
        {
            throw ObjectWriter.Refuse("aliases", $"'{taken.Name}' is a name of the domain '{taken.Domain}' already.", MailErrorCode.AlreadyExists);
        }
    }

    private async Task CheckSelectorAsync(string? id, JsonNode? domainId, JsonNode? selector, CancellationToken cancellationToken)
    {
        if (domainId is null || selector is null)
        {
            return;
        }
        if (await JmapSigning.FindBySelectorAsync(channel, domainId.GetValue<string>(), selector.GetValue<string>(), id, cancellationToken).ConfigureAwait(false) is { } other)
        {
            throw ObjectWriter.Refuse("selector", $"the domain has a {SignatureType} with the selector '{other.Selector}' already (id {other.Id}), and the server would publish both under one name.", MailErrorCode.AlreadyExists);
        }
    }

    // What is written by paths, as an object with what is written of it.
    private static JsonObject Nest(IReadOnlyList<(string Path, JsonNode? Value)> values)
    {
        var root = new JsonObject();
        foreach ((string path, JsonNode? value) in values)
        {
            string[] elements = path.Split('/');
            JsonObject at = root;
            foreach (string element in elements[..^1])
            {
                at[element] ??= new JsonObject();
                at = at[element]!.AsObject();
            }
            at[elements[^1]] = value?.DeepClone();
        }
        return root;
    }

    private static IEnumerable<string> GetItems(JsonNode? set) => set is JsonObject items ? items.Select(item => item.Key) : [];

    private static IEnumerable<string> GetText(JsonNode? value) => value is null ? [] : [value.GetValue<string>()];
}
