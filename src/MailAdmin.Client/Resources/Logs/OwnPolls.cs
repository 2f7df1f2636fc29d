// A server that logs its requests logs each look at its log as well. Ours carry a mark that nobody else can know, so that these lines, and
// no others, can be left out.
using System.Globalization;
using System.Security.Cryptography;
using MailAdmin.Client.Models.Logs;

namespace MailAdmin.Client.Resources.Logs;

/// <summary>Knows the lines that following the log itself writes into it.</summary>
internal sealed class OwnPolls
{
    /// <summary>The key of the mark in the query; the server ignores keys it does not know.</summary>
    public const string Key = "mailadmin";
    private const string RequestEvent = "http.request-url";
    private const string SignInEvent = "auth.success";
    private const string UrlPart = ", url = ";
    private readonly string _run = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    // The other end of a connection on which a look was asked for and its sign-in not yet logged.
    private readonly HashSet<string> _awaited = new(StringComparer.Ordinal);
    private int _polls;

    /// <summary>The mark of the next look.</summary>
    public string NextMark() => string.Create(CultureInfo.InvariantCulture, $"{_run}-{++_polls}");

    /// <summary>Whether an entry is of a look of ours: its request, or the sign-in (from 0.13) that follows it on the same connection. Entries must come in their order.</summary>
    public bool Wrote(MailLogEntry entry)
    {
        if (entry.EventId == RequestEvent)
        {
            int url = entry.Details.IndexOf(UrlPart, StringComparison.Ordinal);
            string peer = url > 0 ? entry.Details[..url] : "";
            bool ours = entry.Details.Contains($"{Key}={_run}-", StringComparison.Ordinal);
            _awaited.Remove(peer);
            if (ours && peer.Length > 0)
            {
                _awaited.Add(peer);
            }
            return ours;
        }
        return entry.EventId == SignInEvent && Peer(entry) is { } known && _awaited.Remove(known);
    }

    private string? Peer(MailLogEntry entry) => _awaited.FirstOrDefault(peer => entry.Details.StartsWith(peer + ", ", StringComparison.Ordinal));
}
