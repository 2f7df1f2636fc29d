namespace MailAdmin.Client.Values;

/// <summary>Finds what a misspelt name was meant to be: the name with the fewest letters to change, if they are few enough for a slip.</summary>
internal static class NearestName
{
    private const int NotNear = int.MaxValue;

    /// <summary>The nearest of the names; null where none is near.</summary>
    public static string? Find(string text, IEnumerable<string> names)
    {
        string? nearest = null;
        int best = NotNear;
        string given = text.ToUpperInvariant();
        foreach (string name in names)
        {
            int slips = CountSlips(given, name.ToUpperInvariant());
            if (slips < best)
            {
                (best, nearest) = (slips, name);
            }
        }

        return nearest;
    }

    // The domain that all addresses share says nothing of what stands before it.
    private static int CountSlips(string text, string name)
    {
        (int at, int other) = (text.LastIndexOf('@'), name.LastIndexOf('@'));
        if (at < 0 || other < 0)
        {
            return CountSlipsOfWord(text, name);
        }

        int local = CountSlipsOfWord(text[..at], name[..other]);
        int domain = local == NotNear ? NotNear : CountSlipsOfWord(text[(at + 1)..], name[(other + 1)..]);
        return domain == NotNear ? NotNear : local + domain;
    }

    private static int CountSlipsOfWord(string text, string name)
    {
        int shorter = Math.Min(text.Length, name.Length);
        int allowed = shorter switch
        {
            <= 2 => 0,
            <= 5 => 1,
            <= 10 => 2,
            _ => 3,
        };
        if (Math.Abs(text.Length - name.Length) > allowed || IsOtherNumber(text, name))
        {
            return NotNear;
        }

        int distance = GetDistance(text, name);
        // Whoever mistypes more than one letter begins with the right one.
        return distance > allowed || (distance > 1 && text[0] != name[0]) ? NotNear : distance;
    }

    // room-12 is no slip for room-13.
    private static bool IsOtherNumber(string text, string name)
    {
        string digits = string.Concat(text.Where(char.IsDigit));
        string others = string.Concat(name.Where(char.IsDigit));
        return digits.Length > 0 && others.Length > 0 && digits != others;
    }

    /// <summary>How many letters are to be changed, a swap of neighbours counting as one.</summary>
    public static int GetDistance(string left, string right)
    {
        // Headers are short: a very long one is not a misspelling of ours.
        if (Math.Abs(left.Length - right.Length) > 8 || left.Length > 64)
        {
            return int.MaxValue;
        }

        int[,] cost = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
        {
            cost[i, 0] = i;
        }

        for (int j = 0; j <= right.Length; j++)
        {
            cost[0, j] = j;
        }

        for (int i = 1; i <= left.Length; i++)
        {
            for (int j = 1; j <= right.Length; j++)
            {
                int change = cost[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(change, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[left.Length, right.Length];
    }
}
