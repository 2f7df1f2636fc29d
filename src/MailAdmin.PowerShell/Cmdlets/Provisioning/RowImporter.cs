// One planned row becomes one or more calls.
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Cmdlets.Principal;

namespace MailAdmin.PowerShell.Cmdlets.Provisioning;

/// <summary>Sends what a row of the plan wants.</summary>
internal static class RowImporter
{
    /// <summary>Creates or changes the principal of the row and tells what was done.</summary>
    public static async Task<MailImportResult> ImportAsync(MailClient client, PlannedRow row, PasswordHashAlgorithm algorithm, CancellationToken cancellationToken)
    {
        var password = PasswordInput.FromParameters(
            row.Password is { Kind: PasswordCellKind.ClearText } clear ? SecureStringConverter.ToSecureString(clear.Value) : null,
            row.Password is { Kind: PasswordCellKind.Hash } hash ? hash.Value : null,
            row.GeneratesPassword,
            algorithm);
        if (row.NewPrincipal is { } created)
        {
            NewPrincipal complete = password is null ? created : created with { Secret = [password.ToSecret()] };
            await client.Principals.CreateAsync(complete, cancellationToken).ConfigureAwait(false);
        }
        else if (password is not null)
        {
            await client.Principals.SetPasswordAsync(row.Identity, password.ToSecret(), row.PrincipalChanges, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await client.Principals.PatchAsync(row.Identity, row.PrincipalChanges, cancellationToken).ConfigureAwait(false);
        }
        return new MailImportResult
        {
            Row = row.Row,
            Identity = row.Identity,
            Type = row.Type,
            Action = row.NewPrincipal is null ? "Updated" : "Created",
            Changes = new StringList(row.Changes),
            Credential = password is { IsGenerated: true } ? password.ToCredential(row.Identity) : null,
        };
    }
}
