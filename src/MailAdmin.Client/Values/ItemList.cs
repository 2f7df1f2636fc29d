using System.Collections.ObjectModel;

namespace MailAdmin.Client;

/// <summary>An immutable list of objects whose text form is its items' joined by <c>;</c>, and which equals another one of the same items.</summary>
/// <typeparam name="T">What it holds.</typeparam>
public sealed class ItemList<T> : ReadOnlyCollection<T>, IEquatable<ItemList<T>>
{
    /// <summary>Copies <paramref name="items"/>.</summary>
    public ItemList(IEnumerable<T> items)
        : base([.. items])
    {
    }

    /// <summary>The list without items.</summary>
    internal static new ItemList<T> Empty { get; } = new([]);

    /// <inheritdoc/>
    public override string ToString() => string.Join(';', this);

    /// <inheritdoc/>
    public bool Equals(ItemList<T>? other) => other is not null && this.SequenceEqual(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ItemList<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => this.Aggregate(Count, HashCode.Combine);
}
