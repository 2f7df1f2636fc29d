namespace MailAdmin.Client.Provisioning;

/// <summary>Sends single rows of a plan.</summary>
internal sealed class PlannedRowSender(PrincipalResource principals, Func<string, string> hashPassword)
{
    /// <summary>Creates or changes the principal of a row, on another thread since hashing takes a few milliseconds. A failure is an outcome too.</summary>
    public Task<ImportOutcome> SendAsync(PlannedRow row, CancellationToken cancellationToken) =>
        row.Action is PlannedAction.Create or PlannedAction.Update
            ? Task.Run(() => TrySendAsync(row, cancellationToken), CancellationToken.None)
            : Task.FromResult(new ImportOutcome(row));

    private async Task<ImportOutcome> TrySendAsync(PlannedRow row, CancellationToken cancellationToken)
    {
        try
        {
            string? generated = row.GeneratesPassword ? PasswordGenerator.Create() : null;
            await SendAsync(row, CreateSecret(row, generated), cancellationToken).ConfigureAwait(false);
            return new ImportOutcome(row, generated);
        }
        // Neither is about this row: the caller has ended the import, or someone the connection.
        catch (Exception e) when (e is not (OperationCanceledException or ObjectDisposedException))
        {
            return new ImportOutcome(row, error: e);
        }
    }

    /// <summary>The secret that the server is to store; null = none to set.</summary>
    private string? CreateSecret(PlannedRow row, string? generated) => row.Password switch
    {
        { Kind: PasswordCellKind.Hash } hash => hash.Value,
        { } plain => hashPassword(plain.Value),
        null => generated is null ? null : hashPassword(generated),
    };

    private Task SendAsync(PlannedRow row, string? secret, CancellationToken cancellationToken)
    {
        if (row.NewPrincipal is { } created)
        {
            return principals.CreateAsync(secret is null ? created : created with { Secret = [secret] }, cancellationToken);
        }

        return secret is null
            ? principals.PatchAsync(row.Identity, row.PrincipalChanges, cancellationToken)
            : principals.SetPasswordAsync(row.Identity, secret, row.PrincipalChanges, cancellationToken);
    }
}
