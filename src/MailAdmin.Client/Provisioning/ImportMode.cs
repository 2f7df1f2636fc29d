namespace MailAdmin.Client;

/// <summary>What an import may do.</summary>
public enum ImportMode
{
    /// <summary>Create what is missing and change what differs.</summary>
    Upsert,
    /// <summary>Create only; a row whose principal exists fails.</summary>
    Create,
    /// <summary>Change only; a row whose principal is missing fails.</summary>
    Update,
}
