// Compiled into the sandbox too, which loads without this assembly.
using Zxcvbn.Matcher;

#if SANDBOX
namespace MailAdmin.Sandbox.Directory;

internal static class PasswordStrength
#else
namespace MailAdmin.Isolated.Passwords;

/// <summary>
/// How hard a password is to guess, on the scale of zxcvbn, by which servers from 0.16 on judge. The words, names, dates and patterns in it are found by the library. How they
/// are best put together is searched here, as zxcvbn does from version 4 on: the library's own search is that of version 1, to which three words are hardly more than one.
/// </summary>
public static class PasswordStrength
#endif
{
    // What comes after is not judged: those hundred are enough, or a pattern.
    private const int MaxLength = 100;

    // How many guesses a further part costs whoever does not know how many there are.
    private const double GuessesOfPart = 10_000;

    private const double MinGuessesOfLetter = 10;
    private const double MinGuessesOfPart = 50;

    // Each is five more than a power of ten, so that what is hard to a computer to the last digit does not matter.
    private static readonly double[] s_thresholds = [1e3 + 5, 1e6 + 5, 1e8 + 5, 1e10 + 5];

    private static readonly string[] s_dictionaries = ["passwords", "english", "male_names", "female_names", "surnames", "us_tv_and_film"];

    // The lists of words are read with the first password.
    private static readonly Lazy<IReadOnlyList<IMatcher>> s_matchers = new(CreateMatchers);

    /// <summary>Scores a password.</summary>
    /// <param name="password">The password; empty is the weakest.</param>
    /// <returns>0 (a thousand guesses are enough), 1 (a million), 2 (a hundred million), 3 (ten thousand million) or 4.</returns>
    public static int Score(string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        string judged = password[..Math.Min(password.Length, MaxLength)];
        double guesses = judged.Length == 0 ? 0 : new Search(judged.Length).Run(Find(judged));
        return s_thresholds.Count(threshold => guesses >= threshold);
    }

    private static IReadOnlyList<IMatcher> CreateMatchers()
    {
        List<DictionaryMatcher> dictionaries = [.. s_dictionaries.Select(name => new DictionaryMatcher(name, name + ".lst"))];
        return
        [
            .. dictionaries, new L33tMatcher(dictionaries), new SpatialMatcher(), new RepeatMatcher(), new SequenceMatcher(),
            new RegexMatcher(@"19\d\d|200\d|201\d", 20, false, "year"), new DateMatcher(),
        ];
    }

    private static IEnumerable<Part> Find(string password)
    {
        // They are not said to be safe on several threads.
        lock (s_matchers)
        {
            return
            [
                .. from matcher in s_matchers.Value
                   from match in matcher.MatchPassword(password)
                   where double.IsFinite(match.Entropy)
                   select new Part(match.i, match.j, Math.Max(Math.Pow(2, match.Entropy), GetLeast(match.j - match.i + 1, password.Length))),
            ];
        }
    }

    private static double GetLeast(int length, int whole) => length == whole ? 1 : length == 1 ? MinGuessesOfLetter : MinGuessesOfPart;

    /// <summary>A part of a password that was recognised.</summary>
    /// <param name="Start">The place of its first character.</param>
    /// <param name="End">The place of its last.</param>
    /// <param name="Guesses">After how many guesses it is found.</param>
    private readonly record struct Part(int Start, int End, double Guesses);

    /// <summary>The best way to guess what ends at a place, in so many parts.</summary>
    private sealed record Way(double Product, double Guesses, bool EndsInTrial);

    /// <summary>Finds the parts that take the fewest guesses together; what no pattern has is found by trial.</summary>
    private sealed class Search(int length)
    {
        private readonly Way?[,] _best = new Way?[length, length + 1];

        public double Run(IEnumerable<Part> parts)
        {
            ILookup<int, Part> byEnd = parts.ToLookup(part => part.End);
            for (int end = 0; end < length; end++)
            {
                foreach (Part part in byEnd[end])
                {
                    Extend(part, isTrial: false);
                }

                for (int start = 0; start <= end; start++)
                {
                    Extend(new Part(start, end, CountTrials(end - start + 1)), isTrial: true);
                }
            }

            return Enumerable.Range(1, length).Select(count => _best[length - 1, count]).OfType<Way>().Min(way => way.Guesses);
        }

        // Longer than what the least of a part says, by one.
        private static double CountTrials(int count) => Math.Max(Math.Pow(10, count), (count == 1 ? MinGuessesOfLetter : MinGuessesOfPart) + 1);

        private void Extend(Part part, bool isTrial)
        {
            if (part.Start == 0)
            {
                Offer(part.End, 1, part.Guesses, isTrial);
                return;
            }

            for (int count = 1; count <= part.Start; count++)
            {
                // Two trials in a row are one.
                if (_best[part.Start - 1, count] is { } before && !(isTrial && before.EndsInTrial))
                {
                    Offer(part.End, count + 1, before.Product * part.Guesses, isTrial);
                }
            }
        }

        private void Offer(int end, int count, double product, bool isTrial)
        {
            double guesses = (Factorial(count) * product) + Math.Pow(GuessesOfPart, count - 1);
            for (int other = 1; other <= count; other++)
            {
                if (_best[end, other]?.Guesses <= guesses)
                {
                    return;
                }
            }

            _best[end, count] = new Way(product, guesses, isTrial);
        }

        private static double Factorial(int number)
        {
            double product = 1;
            for (int factor = 2; factor <= number; factor++)
            {
                product *= factor;
            }

            return product;
        }
    }
}
