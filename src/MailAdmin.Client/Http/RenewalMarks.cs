using System.Globalization;
using System.Security.Cryptography;

namespace MailAdmin.Client.Http;

/// <summary>
/// Numbers the renewals of a connection's token in the query of their requests, so that a reader of the server's log knows its own: the server
/// ignores the query there. Thread-safe.
/// </summary>
internal sealed class RenewalMarks
{
    /// <summary>The key of a mark in the query; the server ignores keys it does not know.</summary>
    public const string QueryKey = "mailadmin";

    private readonly string _connectionId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private int _count;

    /// <summary>How many renewals there have been.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The mark of the next renewal.</summary>
    public string Next() => Format(Interlocked.Increment(ref _count));

    /// <summary>The marks of the renewals since there were so many.</summary>
    public IEnumerable<string> GetSince(int count) => Enumerable.Range(count + 1, Math.Max(0, Count - count)).Select(Format);

    private string Format(int number) => string.Create(CultureInfo.InvariantCulture, $"{_connectionId}-r{number}.");
}
