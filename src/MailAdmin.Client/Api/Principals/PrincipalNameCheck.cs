namespace MailAdmin.Client.Api.Principals;

/// <summary>Says what the server would say of the names and addresses of a creation or of changes, and of what they refer to. Nothing is changed.</summary>
internal sealed class PrincipalNameCheck(IDirectory directory)
{
    /// <summary>Checks a creation.</summary>
    /// <param name="principal">Its fields.</param>
    /// <param name="expectedNames">Lower-case names of principals that will be there by then.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="MailServerException">As the creation.</exception>
    public async Task CheckAsync(NewPrincipal principal, IReadOnlySet<string> expectedNames, CancellationToken cancellationToken)
    {
        if (expectedNames.Contains(principal.Name.ToLowerInvariant()) || await IsNameTakenAsync(principal.Name, cancellationToken).ConfigureAwait(false))
        {
            throw CreateTaken(Operations.CreatePrincipal, PrincipalField.Name, principal.Name, $"The name '{principal.Name}' is taken.");
        }
        await CheckAddressesAreFreeAsync(Operations.CreatePrincipal, null, principal.Email, cancellationToken).ConfigureAwait(false);
        if (!expectedNames.Contains(GetOwner(principal.Name.ToLowerInvariant())))
        {
            await directory.CheckCreationAsync(principal, cancellationToken).ConfigureAwait(false);
        }
        await new PrincipalReferenceCheck(directory).CheckAsync(Operations.CreatePrincipal, principal.Type, PrincipalReference.Get(principal).Where(reference => !expectedNames.Contains(reference.Name)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Checks changes.</summary>
    /// <param name="principal">The principal as it is now.</param>
    /// <param name="changes">The steps.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="MailServerException">As the changes.</exception>
    public async Task CheckAsync(MailPrincipal principal, IReadOnlyList<PrincipalChange> changes, CancellationToken cancellationToken)
    {
        string key = PrincipalSearch.NormalizeName(principal.Name);
        foreach (PrincipalChange rename in changes.Where(change => change.Field == PrincipalField.Name && !string.Equals(change.Text, key, StringComparison.OrdinalIgnoreCase)))
        {
            if (await IsNameTakenAsync(rename.Text!, cancellationToken).ConfigureAwait(false))
            {
                throw CreateTaken(Operations.PatchPrincipal, PrincipalField.Name, rename.Text!, $"The name '{rename.Text}' is taken.");
            }
            await directory.CheckNewNameAsync(principal, rename.Text!, cancellationToken).ConfigureAwait(false);
        }
        IEnumerable<string> added = changes.Where(change => change.Field == PrincipalField.Emails && change.Action != PrincipalAction.RemoveItem).SelectMany(change => change.Items ?? [change.Text!]);
        await CheckAddressesAreFreeAsync(Operations.PatchPrincipal, key, added, cancellationToken).ConfigureAwait(false);
        await new PrincipalReferenceCheck(directory).CheckAsync(
            Operations.PatchPrincipal,
            principal.Kind,
            PrincipalReference.Get(changes).Where(reference => reference.Field != PrincipalField.Members || !StoredFields.GetItems(principal, PrincipalField.Members).Contains(reference.Name)),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Why the server refused changes, in words that name what is wrong; its own error where nothing is found.</summary>
    public async Task<MailServerException> ExplainAsync(string key, IReadOnlyList<PrincipalChange> changes, MailServerException error, CancellationToken cancellationToken)
    {
        MailServerException explained = await new PrincipalReferenceCheck(directory).ExplainAsync(error, PrincipalReference.Get(changes), cancellationToken).ConfigureAwait(false);
        if (explained != error)
        {
            return explained;
        }
        if (error.Code == MailErrorCode.NotFound)
        {
            return error;
        }
        try
        {
            if (await ReadIfAllowedAsync(key, cancellationToken).ConfigureAwait(false) is { } principal)
            {
                await CheckAsync(principal, changes, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (MailServerException found) when (found.Code is MailErrorCode.NotFound or MailErrorCode.AlreadyExists or MailErrorCode.RejectedByClient)
        {
            return new MailServerException(found.Code, error.Operation, found.Message, error) { Status = error.Status, ServerCode = error.ServerCode, Reason = error.Reason, Field = found.Field, Item = found.Item, Value = found.Value };
        }
        catch (MailServerException)
        {
            // What the server said is told as it is.
        }
        return error;
    }

    /// <summary>The principal as it is now; null for whoever may not read it.</summary>
    /// <exception cref="MailServerException"><c>NotFound</c> when there is none.</exception>
    public async Task<MailPrincipal?> ReadIfAllowedAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await directory.GetAsync(PrincipalSearch.NormalizeName(name), cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden)
        {
            return null;
        }
    }

    private async Task CheckAddressesAreFreeAsync(Operation operation, string? owner, IEnumerable<string> addresses, CancellationToken cancellationToken)
    {
        foreach (string address in addresses)
        {
            if (await FindHolderAsync(address, cancellationToken).ConfigureAwait(false) is { } holder && holder.Name != owner)
            {
                throw CreateTaken(operation, PrincipalField.Emails, address, $"The address '{address}' is taken by '{holder.Name}'.");
            }
        }
    }

    // What cannot be read the server itself knows.
    private async Task<bool> IsNameTakenAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await directory.GetOrNullAsync(PrincipalSearch.NormalizeName(name), cancellationToken).ConfigureAwait(false) is not null;
        }
        catch (MailServerException e) when (UnreadParts.IsUnknownName(e))
        {
            return false;
        }
    }

    private async Task<MailPrincipal?> FindHolderAsync(string address, CancellationToken cancellationToken)
    {
        try
        {
            return await directory.FindByAddressAsync(address, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (UnreadParts.IsUnknownName(e))
        {
            return null;
        }
    }

    // What an API key belongs to may be made before it.
    private static string GetOwner(string name) => JmapKeyName.IsOfKey(name) ? JmapKeyName.Split(name).Owner : name;

    private static MailServerException CreateTaken(Operation operation, string field, string value, string message) =>
        new(MailErrorCode.AlreadyExists, operation, message) { Field = field, Value = value };
}
