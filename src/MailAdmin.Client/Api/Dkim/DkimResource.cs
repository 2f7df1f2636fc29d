// DKIM signatures. Private keys are never read.
using MailAdmin.Client.Api.Dkim;

namespace MailAdmin.Client;

/// <summary>The DKIM signatures of the server (docs/api.md §6.2; docs/api-0.16.md §8.4).</summary>
public sealed class DkimResource
{
    private readonly ISigning _signing;

    internal DkimResource(ISigning signing) => _signing = signing;

    /// <summary>Whether whoever makes a signature chooses its id: before 0.16. From then on the server gives the ids.</summary>
    public bool IdsAreChosen => _signing.IdsAreChosen;

    /// <summary>Refuses choices that the server has nothing like. Nothing is sent.</summary>
    /// <param name="hasId">Whether an id was chosen.</param>
    /// <param name="hasStage">Whether a stage was chosen.</param>
    /// <exception cref="MailServerException"><c>Unsupported</c>: an id from 0.16 on, a stage before.</exception>
    public void Check(bool hasId, bool hasStage) => _signing.Check(hasId, hasStage);

    /// <summary>What whoever makes the signature must know of when the server signs with it; null where that is nothing.</summary>
    /// <param name="signature">The signature to be created.</param>
    public string? GetSigningWarning(NewDkimSignature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        return _signing.GetSigningWarning(signature);
    }

    /// <summary>What would make a creation fail (GET /dkim/{id}; from 0.16 on POST /jmap: x:DkimSignature/get).</summary>
    /// <param name="signature">The signature to be created.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MailServerException"><c>AlreadyExists</c> when the id is taken, from 0.16 on the selector; from 0.16 on <c>NotFound</c> for a domain that the server does not have.</exception>
    public Task CheckCreationAsync(NewDkimSignature signature, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(signature);
        return _signing.CheckCreationAsync(signature, cancellationToken);
    }

    /// <summary>
    /// Creates a signature (POST /dkim; from 0.16 on POST /jmap: x:DkimSignature/set). Before 0.16 the server makes the key pair, and signs with it after the next reload; from 0.16
    /// on the pair is made here, and an active signature signs at once.
    /// </summary>
    /// <param name="signature">Domain, algorithm, selector, id or stage, and from 0.16 on how to make the key.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The signature; before 0.16 without its public key, which <see cref="GetPublicKeyAsync"/> reads.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>dkim-signature-create</c> (from 0.16 on <c>sysDkimSignatureCreate</c>); <c>AlreadyExists</c> when
    /// the id is taken (the private key that the server then sends is not kept), from 0.16 on when the domain has the selector; <c>OutcomeUnknown</c> when the answer was lost and the
    /// signature is not there as it was asked for, or nobody could look.</exception>
    public Task<MailDkimSignature> CreateAsync(NewDkimSignature signature, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(signature);
        return _signing.CreateAsync(signature, cancellationToken);
    }

    /// <summary>The public key of a signature (GET /dkim/{id}; from 0.16 on POST /jmap: x:DkimSignature/get).</summary>
    /// <param name="id">The signature's id, such as <c>rsa-example.org</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The key in base64; null when the server has none for the id.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>dkim-signature-get</c> (from 0.16 on <c>sysDkimSignatureGet</c>).</exception>
    public Task<string?> GetPublicKeyAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return _signing.GetPublicKeyAsync(id, cancellationToken);
    }

    /// <summary>A signature with its public key (GET /settings/keys, GET /dkim/{id}; from 0.16 on POST /jmap: x:DkimSignature/get).</summary>
    /// <param name="id">The signature's id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The signature; the private key stays on the server.</returns>
    /// <exception cref="MailServerException"><c>NotFound</c> when there is none; <c>Forbidden</c> without the permissions <c>settings-list</c> and
    /// <c>dkim-signature-get</c> (from 0.16 on <c>sysDkimSignatureGet</c>).</exception>
    public Task<MailDkimSignature> GetAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return _signing.GetAsync(id, cancellationToken);
    }

    /// <summary>Every signature (GET /settings/group, one field at a time: private keys stay on the server; from 0.16 on POST /jmap: x:DkimSignature/query, x:DkimSignature/get).</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The signatures, by id; before 0.16 without public keys.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>settings-list</c> (from 0.16 on <c>sysDkimSignatureQuery</c> and <c>sysDkimSignatureGet</c>).</exception>
    public Task<IReadOnlyList<MailDkimSignature>> ListAsync(CancellationToken cancellationToken) => _signing.ListAsync(cancellationToken);

    /// <summary>The ids of every signature (GET /settings/group; from 0.16 on POST /jmap: x:DkimSignature/query, x:DkimSignature/get).</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The ids.</returns>
    /// <exception cref="MailServerException">As <see cref="ListAsync"/>.</exception>
    public Task<IReadOnlyList<string>> ListIdsAsync(CancellationToken cancellationToken) => _signing.ListIdsAsync(cancellationToken);

    /// <summary>The same signature with its public key (GET /dkim/{id}; from 0.16 on it has it already, and nothing is asked).</summary>
    /// <param name="signature">The signature.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A copy; its key is null when the server has none.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>dkim-signature-get</c>.</exception>
    public Task<MailDkimSignature> AddPublicKeyAsync(MailDkimSignature signature, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(signature);
        return _signing.AddPublicKeyAsync(signature, cancellationToken);
    }
}
