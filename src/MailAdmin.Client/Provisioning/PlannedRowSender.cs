using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Provisioning;

/// <summary>Sends single rows of a plan.</summary>
internal sealed class PlannedRowSender(PrincipalResource principals, Func<string, string> hashPassword, Action<PlannedRow, string>? onPasswordGenerated, Batch? batch)
{
    // A look for one row found no server: none is taken for the others.
    private volatile bool _isServerDown;

    /// <summary>Creates or changes the principal of a row, on another thread since hashing takes a few milliseconds. A failure is an outcome too.</summary>
    public Task<ImportOutcome> SendAsync(PlannedRow row, CancellationToken cancellationToken) =>
        row.Action is PlannedAction.Create or PlannedAction.Update
            ? Task.Run(() => TryAsync(row, GeneratePassword(row), password => SendAsync(row, password, cancellationToken)), CancellationToken.None)
            : Task.FromResult(new ImportOutcome(row));

    /// <summary>Finds out what became of a row whose outcome is unknown. What can be sent twice without harm, is.</summary>
    public Task<ImportOutcome> ResolveAsync(ImportOutcome unknown, CancellationToken cancellationToken) =>
        TryAsync(unknown.Row, unknown.GeneratedPassword, password => ResolveAsync(unknown, password, cancellationToken));

    private async Task ResolveAsync(ImportOutcome unknown, string? password, CancellationToken cancellationToken)
    {
        // While nothing is sent, it stays unknown.
        if (batch?.StoppedBy is not null || _isServerDown)
        {
            throw unknown.Error!;
        }
        try
        {
            if (unknown.Row.NewPrincipal is { } created)
            {
                await principals.ResolveCreationAsync(AddSecret(created, unknown.Row, password), (MailServerException)unknown.Error!, cancellationToken).ConfigureAwait(false);
                return;
            }
            await SendAsync(unknown.Row, password, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (OutcomeRules.IsNotReached(e) || e.Code is MailErrorCode.Unreachable or MailErrorCode.TimedOut)
        {
            // No answer, not even to what is read before it is sent. The first attempt may have been executed all the same.
            _isServerDown = true;
            throw unknown.Error!;
        }
        catch (MailServerException e) when (OutcomeRules.IsOutcomeUnknown(e))
        {
            _isServerDown |= batch?.IsServerDown == true;
            throw;
        }
        catch (MailServerException e) when (!OutcomeRules.IsAboutContent(e))
        {
            // It failed on the way, perhaps before it was sent again.
            throw unknown.Error!;
        }
    }

    private async Task<ImportOutcome> TryAsync(PlannedRow row, string? generatedPassword, Func<string?, Task> send)
    {
        ImportOutcome outcome;
        try
        {
            await send(generatedPassword).ConfigureAwait(false);
            outcome = new ImportOutcome(row, generatedPassword);
        }
        // Neither is about this row: the caller has ended the import, or someone the connection.
        catch (Exception e) when (e is not (OperationCanceledException or ObjectDisposedException))
        {
            outcome = new ImportOutcome(row, generatedPassword, e);
        }
        batch?.RecordOutcome(outcome.Error);
        return outcome;
    }

    private static string? GeneratePassword(PlannedRow row) => row.GeneratesPassword ? PasswordGenerator.Create() : null;

    private NewPrincipal AddSecret(NewPrincipal created, PlannedRow row, string? generatedPassword) =>
        CreateSecret(row, generatedPassword) is { } secret ? created with { Secret = [secret] } : created;

    /// <summary>The secret that the server is to store; null = none to set.</summary>
    private string? CreateSecret(PlannedRow row, string? generated) => row.Password switch
    {
        { Kind: PasswordCellKind.Hash } hash => hash.Value,
        { } plain => hashPassword(plain.Value),
        null => generated is null ? null : hashPassword(generated),
    };

    private Task SendAsync(PlannedRow row, string? generatedPassword, CancellationToken cancellationToken)
    {
        // A hash takes longer than to see that nothing is sent any more.
        batch?.ThrowIfStopped(row.NewPrincipal is null ? Operations.PatchPrincipal : Operations.CreatePrincipal);
        if (row.NewPrincipal is { } created)
        {
            if (generatedPassword is not null)
            {
                onPasswordGenerated?.Invoke(row, generatedPassword);
            }
            return principals.CreateAsync(AddSecret(created, row, generatedPassword), cancellationToken);
        }
        return CreateSecret(row, generatedPassword) is { } secret
            ? principals.SetPasswordAsync(row.Identity, secret, row.PrincipalChanges, cancellationToken)
            : principals.PatchAsync(row.Identity, row.PrincipalChanges, cancellationToken);
    }
}
