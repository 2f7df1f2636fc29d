using System.Text;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Checks new principals and changes before they are sent, and refuses what the server accepts and does harm (docs/api.md §12, traps 45 and 48–52).</summary>
internal sealed class PrincipalValidator(ServerInfo? server, ServerDialect dialect)
{
    /// <summary>The server takes no longer text.</summary>
    private const int MaxTextBytes = 512;

    public void Check(NewPrincipal principal)
    {
        CheckName(principal.Name, Operations.CreatePrincipal);
        TypeFields.Check(principal);
        CheckAddresses(principal.Email, PrincipalField.Emails, Operations.CreatePrincipal);
        CheckPrimaryAddress(principal.Email, Operations.CreatePrincipal);
        CheckCatchAll(principal);
        CheckAddresses(principal.ExternalMember, PrincipalField.ExternalMembers, Operations.CreatePrincipal);
        CheckQuota(principal);
        CheckSecrets(principal.Secret, Operations.CreatePrincipal);
        CheckNoEmptyItems(principal);
        CheckDescription(principal.Description, Operations.CreatePrincipal);
        CheckPermissions(principal.EnabledPermission, PrincipalField.EnabledPermissions, Operations.CreatePrincipal);
        CheckPermissions(principal.DisabledPermission, PrincipalField.DisabledPermissions, Operations.CreatePrincipal);
        if (principal.Tenant is { } tenant && string.IsNullOrWhiteSpace(tenant))
        {
            throw MailServerException.CreateRefusal(Operations.CreatePrincipal, PrincipalField.Tenant, "The tenant is empty. Leave it out for a principal of no tenant.");
        }
        CheckLength(principal.Description, PrincipalField.Description, Operations.CreatePrincipal);
        CheckLength(principal.Picture, PrincipalField.Picture, Operations.CreatePrincipal);
        CheckLength(principal.Tenant, PrincipalField.Tenant, Operations.CreatePrincipal);
        CheckLength(principal.Locale, PrincipalField.Locale, Operations.CreatePrincipal);
        CheckLocale(!string.IsNullOrEmpty(principal.Locale), Operations.CreatePrincipal);
    }

    public void Check(IReadOnlyList<PrincipalChange> changes)
    {
        foreach (PrincipalChange change in changes)
        {
            Check(change);
        }
    }

    private void Check(PrincipalChange change)
    {
        bool removes = change.Action == PrincipalAction.RemoveItem;
        switch (change.Field)
        {
            case PrincipalField.Name:
                CheckName(change.Text, Operations.PatchPrincipal);
                break;
            case PrincipalField.Description:
                CheckDescription(change.Text, Operations.PatchPrincipal);
                break;
            case PrincipalField.Quota when change.Text is { Length: > 0 }:
                throw MailServerException.CreateRefusal(Operations.PatchPrincipal, change.Field, "A quota is a number of bytes; given as text it would limit nothing.");
            case PrincipalField.Emails or PrincipalField.DisabledEmails or PrincipalField.ExternalMembers when !removes:
                CheckAddresses(GetItems(change), change.Field, Operations.PatchPrincipal);
                CheckPrimaryAddress(change is { Field: PrincipalField.Emails, Action: PrincipalAction.Set } ? GetItems(change) : [], Operations.PatchPrincipal);
                break;
            case PrincipalField.Secrets when !removes:
                CheckSecrets(GetItems(change), Operations.PatchPrincipal);
                break;
            case PrincipalField.EnabledPermissions or PrincipalField.DisabledPermissions when !removes:
                CheckPermissions(GetItems(change), change.Field, Operations.PatchPrincipal);
                break;
            default:
                break;
        }
        CheckLocale(change.Field == PrincipalField.Locale, Operations.PatchPrincipal);
        CheckLength(change.Text, change.Field, Operations.PatchPrincipal);
        foreach (string item in change.Items ?? [])
        {
            CheckLength(item, change.Field, Operations.PatchPrincipal);
        }
    }

    private static IReadOnlyList<string> GetItems(PrincipalChange change) => change.Items ?? [change.Text ?? ""];

    private static void CheckLength(string? text, string field, Operation operation)
    {
        if (text is not null && Encoding.UTF8.GetByteCount(text) > MaxTextBytes)
        {
            throw MailServerException.CreateRefusal(operation, field, $"The value of '{field}' is longer than the {MaxTextBytes} bytes that the server takes.");
        }
    }

    private void CheckLocale(bool isSent, Operation operation)
    {
        if (isSent && dialect.HasLocale == false)
        {
            throw MailServerException.CreateRefusal(operation, PrincipalField.Locale, "Principals of this server have no locale; they do from version 0.12.5 on. Leave it out.");
        }
    }

    private static void CheckName(string? name, Operation operation)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw MailServerException.CreateRefusal(operation, PrincipalField.Name, "The name is empty: nothing could address the principal any more.");
        }
        if (NameText.GetNameError(name) is { } error)
        {
            throw MailServerException.CreateRefusal(operation, PrincipalField.Name, $"'{name}' cannot be a name. {error}");
        }
        if (name.Trim().Length != name.Length)
        {
            throw MailServerException.CreateRefusal(operation, PrincipalField.Name, "The name begins or ends with a space: nobody could sign in with it.");
        }
        if (Encoding.UTF8.GetByteCount(name) > MaxTextBytes)
        {
            throw MailServerException.CreateRefusal(operation, PrincipalField.Name, $"The name is longer than {MaxTextBytes} bytes.");
        }
    }

    private static void CheckDescription(string? description, Operation operation)
    {
        if (description is not null && NameText.GetDescriptionError(description) is { } error)
        {
            throw MailServerException.CreateRefusal(operation, PrincipalField.Description, $"The description is not valid. {error}");
        }
    }

    private static void CheckAddresses(IReadOnlyList<string> addresses, string field, Operation operation)
    {
        HashSet<string>? seen = addresses.Count > 1 ? new(StringComparer.Ordinal) : null;
        foreach (string address in addresses)
        {
            if (address is not null && NameText.GetNameError(address) is { } error)
            {
                throw MailServerException.CreateRefusal(operation, field, $"'{address}' is not an e-mail address. {error}");
            }
            if (!IsAddress(address) && !(field is PrincipalField.Emails or PrincipalField.DisabledEmails && address is not null && MailAddress.IsCatchAll(address)))
            {
                throw MailServerException.CreateRefusal(operation, field, $"'{address}' is not an e-mail address: it needs one '@' with something on both sides, and no spaces.");
            }
            if (seen?.Add(MailAddress.ToComparable(address!)) == false)
            {
                throw MailServerException.CreateRefusal(operation, field, $"The address '{address}' is there twice.");
            }
        }
    }

    // The server takes the first one as the sender's, whatever it is.
    private static void CheckPrimaryAddress(IReadOnlyList<string> addresses, Operation operation)
    {
        if (addresses is [var first, ..] && MailAddress.IsCatchAll(first))
        {
            throw MailServerException.CreateRefusal(operation, PrincipalField.Emails, $"The first address is the primary one, and the catch-all '{first}' cannot be that. Put an address with something before the '@' first.");
        }
    }

    private static void CheckCatchAll(NewPrincipal principal)
    {
        if (principal.Type.Word is not ("individual" or "group" or "list") && principal.Email.FirstOrDefault(MailAddress.IsCatchAll) is { } catchAll)
        {
            throw MailServerException.CreateRefusal(Operations.CreatePrincipal, PrincipalField.Emails, $"'{catchAll}' can be a catch-all of an individual, a group or a list; a principal of type {principal.Type} gets no mail.");
        }
    }

    private static bool IsAddress(string? address)
    {
        int at = address?.LastIndexOf('@') ?? -1;
        return at > 0 && at < address!.Length - 1 && !MailAddress.HasBlank(address);
    }

    private static void CheckQuota(NewPrincipal principal)
    {
        if (principal.Quota is < 0)
        {
            throw MailServerException.CreateRefusal(Operations.CreatePrincipal, PrincipalField.Quota, "A quota is not negative; 0 means none.");
        }
    }

    private static void CheckSecrets(IReadOnlyList<string> secrets, Operation operation)
    {
        if (secrets.Any(string.IsNullOrWhiteSpace))
        {
            throw MailServerException.CreateRefusal(operation, PrincipalField.Secrets, "The password is empty: it would match nothing and lock the account out.");
        }
    }

    private void CheckPermissions(IReadOnlyList<string> permissions, string field, Operation operation)
    {
        // To take away what one lacks himself is allowed from 0.16 on, and whether there is such a permission the server says.
        if (server is null || permissions.Count == 0 || (field == PrincipalField.DisabledPermissions && server.Family == ServerFamily.Jmap))
        {
            return;
        }
        if (permissions.Except(server.PossiblePermissions).FirstOrDefault() is { } permission)
        {
            throw MailServerException.CreateRefusal(operation, field, $"'{permission}' is not a permission of this server, or you do not have it yourself and so cannot grant or remove it.");
        }
    }

    private static void CheckNoEmptyItems(NewPrincipal principal)
    {
        ThrowIfAnyEmpty(principal.MemberOf, PrincipalField.MemberOf);
        ThrowIfAnyEmpty(principal.List, PrincipalField.Lists);
        ThrowIfAnyEmpty(principal.Role, PrincipalField.Roles);
        ThrowIfAnyEmpty(principal.Member, PrincipalField.Members);
        ThrowIfAnyEmpty(principal.Url, PrincipalField.Urls);
        ThrowIfAnyEmpty(principal.EnabledPermission, PrincipalField.EnabledPermissions);
        ThrowIfAnyEmpty(principal.DisabledPermission, PrincipalField.DisabledPermissions);
    }

    private static void ThrowIfAnyEmpty(IReadOnlyList<string> items, string field)
    {
        if (items.Any(string.IsNullOrWhiteSpace))
        {
            throw MailServerException.CreateRefusal(Operations.CreatePrincipal, field, $"There is an empty entry in '{field}'.");
        }
    }
}
