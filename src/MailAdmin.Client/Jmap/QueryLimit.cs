namespace MailAdmin.Client.Jmap;

/// <summary>
/// How many ids a query of the server finds at most, whatever is asked for. The session does not tell it: without it, a page that the server cut would pass for the
/// last one.
/// </summary>
internal sealed class QueryLimit
{
    private const string SettingsType = "x:Jmap";
    private const string Property = "queryMaxResults";
    private volatile Answer? _answer;

    /// <summary>The limit (x:Jmap/get, once); null where the account may not read it.</summary>
    public async ValueTask<long?> GetAsync(JmapChannel channel, CancellationToken cancellationToken)
    {
        if (_answer is null)
        {
            var get = new GetCall<long>(SettingsType, item => item.GetProperty(Property).GetInt64()) { Ids = ["singleton"], Properties = [Property] };
            await channel.SendNowAsync([get], null, cancellationToken).ConfigureAwait(false);
            _answer = Read(get);
        }
        return _answer.Limit;
    }

    private static Answer Read(GetCall<long> get)
    {
        try
        {
            return new Answer(get.Result.Items is [var limit] ? limit : null);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden)
        {
            return new Answer(null);
        }
    }

    private sealed record Answer(long? Limit);
}
