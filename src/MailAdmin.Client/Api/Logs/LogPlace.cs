namespace MailAdmin.Client.Api.Logs;

/// <summary>How far down the log was read, so that it can be taken up again from the top: by the time of the last entry, and by what was read of that second.</summary>
internal sealed class LogPlace
{
    private readonly List<MailLogEntry> _ofSecond = [];
    private List<MailLogEntry>? _toSkip;
    private DateTimeOffset? _last;

    /// <summary>Begins at the top again: what was read comes once more.</summary>
    public void Resume() => _toSkip = _last is null ? null : [.. _ofSecond];

    /// <summary>Takes the next entry; false for one that was read before.</summary>
    public bool IsNew(MailLogEntry entry)
    {
        if (_toSkip is not null && (entry.Timestamp > _last || (entry.Timestamp == _last && _toSkip.Remove(entry))))
        {
            return false;
        }
        if (entry.Timestamp != _last)
        {
            _toSkip = null;
            _ofSecond.Clear();
            _last = entry.Timestamp;
        }
        _ofSecond.Add(entry);
        return true;
    }
}
