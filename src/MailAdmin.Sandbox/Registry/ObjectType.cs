namespace MailAdmin.Sandbox.Registry;

/// <summary>A type of objects that can be got, queried and set.</summary>
internal sealed record ObjectType
{
    /// <summary>The name without its <c>x:</c>. Its shape has the same name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its place among the types, by which links are listed.</summary>
    public int Order { get; init; }

    public bool Singleton { get; init; }

    /// <summary>How the names of its permissions begin: <c>sysAccount</c>.</summary>
    public required string Permission { get; init; }

    public bool Enterprise { get; init; }

    public IdAssignment Ids { get; init; }

    /// <summary>Whether objects belong to a tenant.</summary>
    public bool Tenant { get; init; }

    /// <summary>Whether objects belong to an account.</summary>
    public bool Account { get; init; }

    /// <summary>What a query can filter by; all but words also sort.</summary>
    public IReadOnlyDictionary<string, IndexKind> Indexes { get; init; } = new Dictionary<string, IndexKind>();

    /// <summary>Each type is there once.</summary>
    public bool Equals(ObjectType? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Order;
}
