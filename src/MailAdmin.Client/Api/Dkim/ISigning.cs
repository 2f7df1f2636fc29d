namespace MailAdmin.Client.Api.Dkim;

/// <summary>The DKIM signatures of a server, as it keeps them.</summary>
internal interface ISigning
{
    /// <summary>Whether whoever makes a signature chooses its id.</summary>
    bool IdsAreChosen { get; }

    /// <summary>Refuses what the server has nothing like. Nothing is sent.</summary>
    /// <exception cref="MailServerException"><c>Unsupported</c>.</exception>
    void Check(bool hasId, bool hasStage);

    /// <summary>What whoever makes the signature must know of when the server signs with it; null where that is nothing.</summary>
    string? GetSigningWarning(NewDkimSignature signature);

    /// <summary>What would make a creation fail.</summary>
    Task CheckCreationAsync(NewDkimSignature signature, CancellationToken cancellationToken);

    /// <summary>Creates a signature: as it is then, without its public key where that must be asked for.</summary>
    Task<MailDkimSignature> CreateAsync(NewDkimSignature signature, CancellationToken cancellationToken);

    /// <summary>The public key of a signature; null where the server has none.</summary>
    Task<string?> GetPublicKeyAsync(string id, CancellationToken cancellationToken);

    /// <summary>A signature with its public key.</summary>
    Task<MailDkimSignature> GetAsync(string id, CancellationToken cancellationToken);

    /// <summary>All signatures; without public keys where each must be asked for.</summary>
    Task<IReadOnlyList<MailDkimSignature>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The ids of all signatures.</summary>
    Task<IReadOnlyList<string>> ListIdsAsync(CancellationToken cancellationToken);

    /// <summary>The same signature with its public key.</summary>
    Task<MailDkimSignature> AddPublicKeyAsync(MailDkimSignature signature, CancellationToken cancellationToken);
}
