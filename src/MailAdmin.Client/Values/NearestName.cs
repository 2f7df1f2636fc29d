namespace MailAdmin.Client.Values;

/// <summary>Finds what a misspelt name was meant to be: the name with the fewest letters to change.</summary>
internal static class NearestName
{
    /// <summary>The name that is at most a third of the letters away, a swap of neighbours counting as one change.</summary>
    public static string? Find(string text, IEnumerable<string> names)
    {
        string? nearest = null;
        int best = Math.Max(1, text.Length / 3) + 1;
        foreach (string name in names)
        {
            if (Math.Abs(text.Length - name.Length) >= best)
            {
                continue;
            }

            int distance = GetDistance(text.ToUpperInvariant(), name.ToUpperInvariant());
            if (distance < best)
            {
                (best, nearest) = (distance, name);
            }
        }

        return nearest;
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
