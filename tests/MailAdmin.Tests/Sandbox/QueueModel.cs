using System.Globalization;

namespace MailAdmin.Tests.Sandbox;

/// <summary>
/// What a mail queue does, said again in few words, to hold the sandbox against: attempts are instant and times whole seconds. It
/// knows nothing of the sandbox.
/// </summary>
internal sealed class QueueModel(long now)
{
    private const long Day = 86_400;
    private static readonly long[] s_retries = [120, 300, 600, 900, 1800, 3600, 7200];

    private readonly List<Letter> _letters = [];

    /// <summary>Until when it sleeps, whatever becomes due; null while it is awake.</summary>
    private long? _asleepUntil;

    public bool IsRunning { get; private set; } = true;

    public long Now { get; private set; } = now;

    /// <summary>Bounces and mail that the local account received.</summary>
    public int Received { get; private set; }

    public int Count => _letters.Count;

    public void Deliver(string from, IEnumerable<string> recipients)
    {
        IEnumerable<Part> parts = recipients.Order(StringComparer.Ordinal)
            .GroupBy(address => address.Split('@')[1], StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new Part(group.Key, [.. group], Now));
        _letters.Add(new Letter(from, [.. parts]) { Due = Now });
        SomethingHappened();
    }

    public void Advance(long seconds)
    {
        long target = Now + seconds;
        while (true)
        {
            long next = _asleepUntil ?? _letters.Select(letter => letter.Due).Append(long.MaxValue).Min();
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
                _asleepUntil = Now + Day;
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
            _asleepUntil = Now + Day;
        }

        return was;
    }

    public bool Reschedule(int index, string part, long? at) => Reschedule(_letters[index], part, at ?? Now) && SomethingHappened();

    public bool RescheduleAll(string text, long? at)
    {
        List<Letter> found = Find(text);
        foreach (Letter letter in found)
        {
            Reschedule(letter, "", at ?? Now);
        }

        return found.Count > 0 && SomethingHappened();
    }

    public void Cancel(int index) => _letters.RemoveAt(index);

    public bool CancelRecipients(int index, string part)
    {
        Letter letter = _letters[index];
        Person[] found = letter.Parts.SelectMany(p => p.People).Where(person => person.Address.Contains(part, StringComparison.Ordinal)).ToArray();
        foreach (Person? person in found)
        {
            person.State = "failed";
        }

        foreach (Part? p in letter.Parts.Where(p => found.Length > 0 && p.IsOpen && !p.People.Any(person => person.IsOpen)))
        {
            p.State = "done";
        }

        if (found.Length > 0 && !letter.Parts.Any(p => p.IsOpen))
        {
            _letters.Remove(letter);
        }

        return found.Length > 0;
    }

    /// <summary>Cancelling many pauses the queue and lets it sleep on.</summary>
    public bool CancelAll(string text)
    {
        List<Letter> found = Find(text);
        _letters.RemoveAll(found.Contains);
        if (found.Count > 0 && IsRunning)
        {
            _asleepUntil = Now + Day;
        }

        return found.Count > 0;
    }

    public IReadOnlyList<string> List(string text, string from, string to, long? before, long? after) =>
    [
        .. _letters
            .Where(letter => text.Length > 0 ? letter.Mentions(text) : letter.From.Contains(from, StringComparison.Ordinal) && letter.GoesTo(to))
            .Where(letter => (before is null || letter.NextTry < before) && (after is null || letter.NextTry > after))
            .Select(letter => letter.ToString()),
    ];

    public IReadOnlyList<string> Parts(int index) => [.. _letters[index].Parts.Select(part => part.Name)];

    private List<Letter> Find(string text) => _letters.FindAll(letter => letter.Mentions(text));

    private static bool Reschedule(Letter letter, string name, long at)
    {
        Part[] parts = letter.Parts.Where(part => part.IsOpen && part.Name.Contains(name, StringComparison.Ordinal)).ToArray();
        foreach (Part? part in parts)
        {
            part.Try = at;
            part.End = part.End > at ? at + 10 : part.End;
        }

        if (parts.Length > 0)
        {
            letter.Due = letter.NextThing;
        }

        return parts.Length > 0;
    }

    private bool SomethingHappened()
    {
        if (IsRunning)
        {
            WakeUp();
        }
        else
        {
            _asleepUntil = Now + Day;
        }

        return true;
    }

    private void WakeUp()
    {
        _asleepUntil = null;
        while (_letters.Find(letter => letter.Due <= Now) is { } due)
        {
            Visit(due);
        }
    }

    private void Visit(Letter letter)
    {
        foreach (Part? part in letter.Parts.Where(part => part.IsOpen && part.End <= Now))
        {
            part.State = "failed";
            foreach (Person? person in part.People.Where(person => person.State == "later"))
            {
                person.State = "failed";
            }
        }

        Tell(letter);
        if (letter.Parts.Any(part => part.IsOpen) && letter.NextTry > Now)
        {
            letter.Due = letter.NextTry;
            return;
        }

        foreach (Part? part in letter.Parts.Where(part => part.IsOpen && part.Try <= Now))
        {
            Try(part);
        }

        Tell(letter);
        letter.Due = letter.NextThing;
        if (!letter.Parts.Any(part => part.IsOpen))
        {
            _letters.Remove(letter);
        }
    }

    private void Try(Part part)
    {
        (string? forPart, string? forPeople) = part.Name switch
        {
            "delivered.test" or "example.org" => ("done", "done"),
            "badcert.test" when part.Tries > 0 => ("done", "done"),
            "badcert.test" or "elsewhere.test" => ("later", ""),
            "bounce.test" => ("done", "failed"),
            "remote.test" => ("waiting", "later"),
            _ => ("failed", ""),
        };
        if (part.Name == "example.org")
        {
            Received += part.People.Count(person => person.IsOpen);
        }

        foreach (Person? person in part.People.Where(person => person.IsOpen && forPeople.Length > 0))
        {
            person.State = forPeople;
        }

        part.State = forPart;
        if (!part.IsOpen)
        {
            return;
        }

        part.Try = Now + s_retries[Math.Min(part.Tries, s_retries.Length - 1)];
        part.Tries++;
    }

    /// <summary>One letter to the sender, who sits here, about all that failed and all that is late.</summary>
    private void Tell(Letter letter)
    {
        bool tells = false;
        bool isLate = false;
        foreach (Part part in letter.Parts)
        {
            foreach (Person? person in part.People.Where(person => !person.IsTold))
            {
                string state = person.State == "waiting" ? part.State : person.State;
                person.IsTold = state is "done" or "failed";
                tells |= state == "failed";
                isLate |= state is "waiting" or "later" && part.Notify <= Now;
            }
        }

        if (isLate)
        {
            foreach (Part? part in letter.Parts.Where(part => part.IsOpen && part.Notify <= Now))
            {
                part.Notify = part.Notified++ == 0 ? Now + (3 * Day) : part.End + 10;
            }
        }

        Received += tells || isLate ? 1 : 0;
    }

    private sealed class Person(string address)
    {
        public string Address { get; } = address;

        public string State { get; set; } = "waiting";

        public bool IsTold { get; set; }

        public bool IsOpen => State is "waiting" or "later";
    }

    private sealed class Part(string name, string[] people, long now)
    {
        public string Name { get; } = name;

        public Person[] People { get; } = [.. people.Select(address => new Person(address))];

        public string State { get; set; } = "waiting";

        public int Tries { get; set; }

        public long Try { get; set; } = now;

        public long Notify { get; set; } = now + Day;

        public int Notified { get; set; }

        public long End { get; set; } = now + (5 * Day);

        public bool IsOpen => State is "waiting" or "later";
    }

    private sealed class Letter(string from, Part[] parts)
    {
        public string From { get; } = from;

        public Part[] Parts { get; } = parts;

        public long Due { get; set; }

        public long NextTry => Parts.Where(part => part.IsOpen).Select(part => part.Try).Min();

        public long NextThing => Parts.Where(part => part.IsOpen).Select(part => Math.Min(part.Try, Math.Min(part.Notify, part.End))).DefaultIfEmpty().Min();

        public bool GoesTo(string part) => Parts.Any(p => p.People.Any(person => person.Address.Contains(part, StringComparison.Ordinal)));

        public bool Mentions(string text) => From.Contains(text, StringComparison.Ordinal) || GoesTo(text);

        public override string ToString() => string.Join(
            "; ",
            Parts.Select(part => string.Create(
                CultureInfo.InvariantCulture,
                $"{part.Name} {part.State} {part.Tries} {part.Try} {part.End} [{string.Join(", ", part.People.Select(person => $"{person.Address} {person.State}"))}]")));
    }
}
