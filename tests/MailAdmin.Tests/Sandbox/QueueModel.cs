using System.Globalization;

namespace MailAdmin.Tests.Sandbox;

/// <summary>
/// What a mail queue does, said again in few words, to hold the sandbox against: attempts are instant and times whole seconds. It
/// knows nothing of the sandbox.
/// </summary>
internal sealed class QueueModel(long now)
{
    private const long SecondsPerDay = 86_400;
    private static readonly long[] s_retryDelays = [120, 300, 600, 900, 1800, 3600, 7200];

    private readonly List<ModelMessage> _messages = [];

    /// <summary>Until when it sleeps, whatever becomes due; null while it is awake.</summary>
    private long? _asleepUntil;

    public bool IsRunning { get; private set; } = true;

    public long Now { get; private set; } = now;

    /// <summary>Bounces and mail that the local account received.</summary>
    public int ReceivedCount { get; private set; }

    public int Count => _messages.Count;

    public void Deliver(string from, IEnumerable<string> recipients)
    {
        IEnumerable<RecipientGroup> parts = recipients.Order(StringComparer.Ordinal)
            .GroupBy(address => address.Split('@')[1], StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new RecipientGroup(group.Key, [.. group], Now));
        _messages.Add(new ModelMessage(from, [.. parts]) { Due = Now });
        OnQueueEvent();
    }

    public void Advance(long seconds)
    {
        long target = Now + seconds;
        while (true)
        {
            long next = _asleepUntil ?? _messages.Select(letter => letter.Due).Append(long.MaxValue).Min();
            if (next > target)
            {
                break;
            }

            Now = Math.Max(Now, next);
            if (IsRunning)
            {
                WakeUp();
            }
            else
            {
                _asleepUntil = Now + SecondsPerDay;
            }
        }

        Now = target;
    }

    public bool SetRunning(bool value)
    {
        bool was = IsRunning;
        IsRunning = value;
        if (!value)
        {
            _asleepUntil = Now + SecondsPerDay;
        }

        return was;
    }

    public bool Reschedule(int index, string part, long? at) => Reschedule(_messages[index], part, at ?? Now) && OnQueueEvent();

    public bool RescheduleAll(string text, long? at)
    {
        List<ModelMessage> found = Find(text);
        foreach (ModelMessage letter in found)
        {
            Reschedule(letter, "", at ?? Now);
        }

        return found.Count > 0 && OnQueueEvent();
    }

    public void Cancel(int index) => _messages.RemoveAt(index);

    public bool CancelRecipients(int index, string part)
    {
        ModelMessage letter = _messages[index];
        Recipient[] found = letter.Groups.SelectMany(p => p.Recipients).Where(person => person.Address.Contains(part, StringComparison.Ordinal)).ToArray();
        foreach (Recipient person in found)
        {
            person.State = "failed";
        }

        foreach (RecipientGroup p in letter.Groups.Where(p => found.Length > 0 && p.IsPending && !p.Recipients.Any(person => person.IsPending)))
        {
            p.State = "done";
        }

        if (found.Length > 0 && !letter.Groups.Any(p => p.IsPending))
        {
            _messages.Remove(letter);
        }

        return found.Length > 0;
    }

    /// <summary>Cancelling many pauses the queue and lets it sleep on.</summary>
    public bool CancelAll(string text)
    {
        List<ModelMessage> found = Find(text);
        _messages.RemoveAll(found.Contains);
        if (found.Count > 0 && IsRunning)
        {
            _asleepUntil = Now + SecondsPerDay;
        }

        return found.Count > 0;
    }

    public IReadOnlyList<string> List(string text, string from, string to, long? before, long? after) =>
    [
        .. _messages
            .Where(letter => text.Length > 0 ? letter.Mentions(text) : letter.From.Contains(from, StringComparison.Ordinal) && letter.HasRecipient(to))
            .Where(letter => (before is null || letter.NextAttempt < before) && (after is null || letter.NextAttempt > after))
            .Select(letter => letter.ToString()),
    ];

    public IReadOnlyList<string> GetGroupNames(int index) => [.. _messages[index].Groups.Select(part => part.Name)];

    private List<ModelMessage> Find(string text) => _messages.FindAll(letter => letter.Mentions(text));

    private static bool Reschedule(ModelMessage letter, string name, long at)
    {
        RecipientGroup[] parts = letter.Groups.Where(part => part.IsPending && part.Name.Contains(name, StringComparison.Ordinal)).ToArray();
        foreach (RecipientGroup part in parts)
        {
            part.NextAttempt = at;
            part.ExpiresAt = part.ExpiresAt > at ? at + 10 : part.ExpiresAt;
        }

        if (parts.Length > 0)
        {
            letter.Due = letter.NextEvent;
        }

        return parts.Length > 0;
    }

    private bool OnQueueEvent()
    {
        if (IsRunning)
        {
            WakeUp();
        }
        else
        {
            _asleepUntil = Now + SecondsPerDay;
        }

        return true;
    }

    private void WakeUp()
    {
        _asleepUntil = null;
        while (_messages.Find(letter => letter.Due <= Now) is { } due)
        {
            ProcessMessage(due);
        }
    }

    private void ProcessMessage(ModelMessage letter)
    {
        foreach (RecipientGroup part in letter.Groups.Where(part => part.IsPending && part.ExpiresAt <= Now))
        {
            part.State = "failed";
            foreach (Recipient person in part.Recipients.Where(person => person.State == "later"))
            {
                person.State = "failed";
            }
        }

        SendBounce(letter);
        if (letter.Groups.Any(part => part.IsPending) && letter.NextAttempt > Now)
        {
            letter.Due = letter.NextAttempt;
            return;
        }

        foreach (RecipientGroup part in letter.Groups.Where(part => part.IsPending && part.NextAttempt <= Now))
        {
            AttemptDelivery(part);
        }

        SendBounce(letter);
        letter.Due = letter.NextEvent;
        if (!letter.Groups.Any(part => part.IsPending))
        {
            _messages.Remove(letter);
        }
    }

    private void AttemptDelivery(RecipientGroup part)
    {
        (string forPart, string forPeople) = part.Name switch
        {
            "delivered.test" or "example.org" => ("done", "done"),
            "badcert.test" when part.Attempts > 0 => ("done", "done"),
            "badcert.test" or "elsewhere.test" => ("later", ""),
            "bounce.test" => ("done", "failed"),
            "remote.test" => ("waiting", "later"),
            _ => ("failed", ""),
        };
        if (part.Name == "example.org")
        {
            ReceivedCount += part.Recipients.Count(person => person.IsPending);
        }

        foreach (Recipient person in part.Recipients.Where(person => person.IsPending && forPeople.Length > 0))
        {
            person.State = forPeople;
        }

        part.State = forPart;
        if (!part.IsPending)
        {
            return;
        }

        part.NextAttempt = Now + s_retryDelays[Math.Min(part.Attempts, s_retryDelays.Length - 1)];
        part.Attempts++;
    }

    /// <summary>One letter to the sender, who sits here, about all that failed and all that is late.</summary>
    private void SendBounce(ModelMessage letter)
    {
        bool tells = false;
        bool isLate = false;
        foreach (RecipientGroup part in letter.Groups)
        {
            foreach (Recipient person in part.Recipients.Where(person => !person.IsReported))
            {
                string state = person.State == "waiting" ? part.State : person.State;
                person.IsReported = state is "done" or "failed";
                tells |= state == "failed";
                isLate |= state is "waiting" or "later" && part.NextNotify <= Now;
            }
        }

        if (isLate)
        {
            foreach (RecipientGroup part in letter.Groups.Where(part => part.IsPending && part.NextNotify <= Now))
            {
                part.NextNotify = part.NotifyCount++ == 0 ? Now + (3 * SecondsPerDay) : part.ExpiresAt + 10;
            }
        }

        ReceivedCount += tells || isLate ? 1 : 0;
    }

    private sealed class Recipient(string address)
    {
        public string Address { get; } = address;

        public string State { get; set; } = "waiting";

        public bool IsReported { get; set; }

        public bool IsPending => State is "waiting" or "later";
    }

    private sealed class RecipientGroup(string name, string[] people, long now)
    {
        public string Name { get; } = name;

        public Recipient[] Recipients { get; } = [.. people.Select(address => new Recipient(address))];

        public string State { get; set; } = "waiting";

        public int Attempts { get; set; }

        public long NextAttempt { get; set; } = now;

        public long NextNotify { get; set; } = now + SecondsPerDay;

        public int NotifyCount { get; set; }

        public long ExpiresAt { get; set; } = now + (5 * SecondsPerDay);

        public bool IsPending => State is "waiting" or "later";
    }

    private sealed class ModelMessage(string from, RecipientGroup[] parts)
    {
        public string From { get; } = from;

        public RecipientGroup[] Groups { get; } = parts;

        public long Due { get; set; }

        public long NextAttempt => Groups.Where(part => part.IsPending).Select(part => part.NextAttempt).Min();

        public long NextEvent => Groups.Where(part => part.IsPending).Select(part => Math.Min(part.NextAttempt, Math.Min(part.NextNotify, part.ExpiresAt))).DefaultIfEmpty().Min();

        public bool HasRecipient(string part) => Groups.Any(p => p.Recipients.Any(person => person.Address.Contains(part, StringComparison.Ordinal)));

        public bool Mentions(string text) => From.Contains(text, StringComparison.Ordinal) || HasRecipient(text);

        public override string ToString() => string.Join(
            "; ",
            Groups.Select(part => string.Create(
                CultureInfo.InvariantCulture,
                $"{part.Name} {part.State} {part.Attempts} {part.NextAttempt} {part.ExpiresAt} [{string.Join(", ", part.Recipients.Select(person => $"{person.Address} {person.State}"))}]")));
    }
}
