using System.Collections;

namespace MailAdmin.Client;

/// <summary>An immutable list of strings whose text form is its items joined by <c>;</c>, so that Export-Csv round-trips.</summary>
public sealed class StringList : IReadOnlyList<string>, IList, IEquatable<StringList>
{
    private readonly string[] _items;

    /// <summary>The list without items.</summary>
    public static StringList Empty { get; } = new([]);

    /// <summary>Copies <paramref name="items"/>.</summary>
    public StringList(IEnumerable<string> items) => _items = [.. items];

    private StringList(string[] items) => _items = items;

    /// <summary>A list of these items, without a copy: nobody else may have the array.</summary>
    internal static StringList Adopt(string[] items) => new(items);

    /// <inheritdoc/>
    public string this[int index] => _items[index];

    /// <inheritdoc cref="IReadOnlyCollection{T}.Count"/>
    public int Count => _items.Length;

    /// <summary>Whether <paramref name="item"/> is in the list, compared byte for byte.</summary>
    public bool Contains(string item) => Array.IndexOf(_items, item) >= 0;

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_items).GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => string.Join(';', _items);

    /// <inheritdoc/>
    public bool Equals(StringList? other) => other is not null && _items.AsSpan().SequenceEqual(other._items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as StringList);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    // IList lets PowerShell index, count and compare the value as it does an array; it never changes.
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    bool IList.IsFixedSize => true;
    bool IList.IsReadOnly => true;
    bool ICollection.IsSynchronized => false;
    object ICollection.SyncRoot => this;
    object? IList.this[int index] { get => _items[index]; set => throw CreateReadOnlyError(); }
    bool IList.Contains(object? value) => value is string text && Contains(text);
    int IList.IndexOf(object? value) => value is string text ? Array.IndexOf(_items, text) : -1;
    void ICollection.CopyTo(Array array, int index) => _items.CopyTo(array, index);
    int IList.Add(object? value) => throw CreateReadOnlyError();
    void IList.Clear() => throw CreateReadOnlyError();
    void IList.Insert(int index, object? value) => throw CreateReadOnlyError();
    void IList.Remove(object? value) => throw CreateReadOnlyError();
    void IList.RemoveAt(int index) => throw CreateReadOnlyError();

    private static NotSupportedException CreateReadOnlyError() => new("The list is read-only.");
}
