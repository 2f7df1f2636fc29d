// /principal: everything the directory holds.
using MailAdmin.Client.Models;

namespace MailAdmin.Client.Resources;

/// <summary>The principals of the server (contract §6.1).</summary>
public sealed class PrincipalResource
{
    internal PrincipalResource()
    {
    }

    /// <summary>Lists principals, streaming; pages double (GET /principal). Doubles by id are left out.</summary>
    /// <param name="query">What to list.</param>
    /// <param name="onTotal">Told the server's total with each page.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public IAsyncEnumerable<MailPrincipal> ListAsync(PrincipalQuery query, Action<long>? onTotal = null, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>How many match (GET /principal?count=1).</summary>
    public Task<long> CountAsync(PrincipalQuery query, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>The principal of exactly this name (GET /principal/{name}); the name is lower-cased first.</summary>
    /// <exception cref="Errors.MailServerException"><c>NotFound</c> when there is none.</exception>
    public Task<MailPrincipal> GetAsync(string name, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>The principal of this name, or the one that has this e-mail address; null when there is none.</summary>
    public Task<MailPrincipal?> FindAsync(string identity, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Creates a principal (POST /principal) and returns its id. A lost answer is settled by looking the name up.</summary>
    /// <exception cref="Errors.MailServerException"><c>RefusedByClient</c> for what the server would take and someone regret.</exception>
    public Task<uint> CreateAsync(NewPrincipal principal, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Applies changes, all or none (PATCH /principal/{name}); one at a time per principal; a write conflict is repeated where that is safe.</summary>
    public Task PatchAsync(string name, IReadOnlyList<PrincipalChange> changes, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Gives the account this one password (a hash), keeping TOTP and app passwords and leaving no old password valid; the steps differ by server version.
    /// Other <paramref name="changes"/> travel in the same PATCH.</summary>
    public Task SetPasswordAsync(string name, string hash, IReadOnlyList<PrincipalChange> changes, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Deletes the principal with its mail (DELETE /principal/{name}).</summary>
    public Task DeleteAsync(string name, CancellationToken cancellationToken) => throw new NotImplementedException();
}
