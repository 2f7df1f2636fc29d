using System.Globalization;
using System.Security.Cryptography;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Api.Logs;

/// <summary>
/// Recognises the lines that reading the log itself writes into it, by a marker in the query that nobody else can know: the requests, and
/// renewals of the connection's token since it began; the sign-in (from 0.13) that follows each on its connection; the beginning and the end of a
/// connection that carried no other requests.
/// </summary>
/// <param name="renewals">The renewals of the connection's token.</param>
internal sealed class PollNoiseFilter(RenewalMarks renewals)
{
    /// <summary>The key of the marker in the query.</summary>
    public const string MarkerKey = RenewalMarks.QueryKey;
    private const string RequestEvent = "http.request-url";
    private const string BeginEvent = "http.connection-start";
    private const string EndEvent = "http.connection-end";
    private const string SignInEvent = "auth.success";
    private const string UrlPart = ", url = ";

    // Where the ends of connections are not logged, those of long ago are not worth remembering.
    private const int MaxRemembered = 64;
    private readonly string _runId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private readonly HashSet<string> _awaitingSignIn = new(StringComparer.Ordinal);
    private readonly HashSet<string> _connections = new(StringComparer.Ordinal);
    private readonly int _renewalsBefore = renewals.Count;
    private int _polls;

    /// <summary>The marker of the next poll.</summary>
    public string NextMarker() => string.Create(CultureInfo.InvariantCulture, $"{_runId}-{++_polls}");

    /// <summary>Of the entries that were added since the last poll, those that do not come from polls of ours, in their order.</summary>
    public IReadOnlyList<MailLogEntry> Filter(IReadOnlyList<MailLogEntry> added)
    {
        var kept = new List<MailLogEntry>();
        for (int i = 0; i < added.Count; i++)
        {
            if (!(added[i].EventId == BeginEvent ? IsPollConnectionStart(added, i) : IsPollEntry(added[i])))
            {
                kept.Add(added[i]);
            }
        }
        return kept;
    }

    /// <summary>The same for entries that are read backwards, the newest first.</summary>
    public IReadOnlyList<MailLogEntry> FilterBackwards(IReadOnlyList<MailLogEntry> entries) => [.. Filter([.. entries.Reverse()]).Reverse()];

    private bool IsPollEntry(MailLogEntry entry) => entry.EventId switch
    {
        RequestEvent => MatchRequest(entry),
        SignInEvent => RemoveMatch(_awaitingSignIn, entry),
        EndEvent => RemoveMatch(_connections, entry),
        _ => false,
    };

    private bool MatchRequest(MailLogEntry entry)
    {
        string peer = GetPeer(entry);
        if (!IsPollRequest(entry))
        {
            _awaitingSignIn.Remove(peer);
            _connections.Remove(peer);
            return false;
        }
        Remember(_awaitingSignIn, peer);
        Remember(_connections, peer);
        return true;
    }

    // Its first request shows whose it is, if it has been logged by now.
    private bool IsPollConnectionStart(IReadOnlyList<MailLogEntry> added, int index)
    {
        string peer = added[index].Details;
        return added.Skip(index + 1).FirstOrDefault(entry => entry.EventId == RequestEvent && GetPeer(entry) == peer) is { } first && IsPollRequest(first);
    }

    private bool IsPollRequest(MailLogEntry entry) => GetPeer(entry).Length > 0 && (HasMarker(entry, $"{_runId}-") || renewals.GetSince(_renewalsBefore).Any(mark => HasMarker(entry, mark)));

    private static bool HasMarker(MailLogEntry entry, string marker) => entry.Details.Contains($"{MarkerKey}={marker}", StringComparison.Ordinal);

    // The other end of the connection: what stands before the address that was asked for.
    private static string GetPeer(MailLogEntry entry) => entry.Details.IndexOf(UrlPart, StringComparison.Ordinal) is > 0 and int url ? entry.Details[..url] : "";

    private static bool RemoveMatch(HashSet<string> peers, MailLogEntry entry) =>
        peers.FirstOrDefault(peer => entry.Details.StartsWith(peer + ", ", StringComparison.Ordinal)) is { } known && peers.Remove(known);

    private static void Remember(HashSet<string> peers, string peer)
    {
        if (peers.Count >= MaxRemembered)
        {
            peers.Clear();
        }
        peers.Add(peer);
    }
}
