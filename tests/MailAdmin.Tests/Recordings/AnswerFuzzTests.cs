// Answers that are wrong in one thing: each is read rightly or becomes an error of ours, never an exception of a library and never another value in silence.
using MailAdmin.Client;

namespace MailAdmin.Tests.Recordings;

public sealed class AnswerFuzzTests
{
    private const int Seed = 20261130;
    private const int MaxExchangesOfKind = 5;
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Recordings");

    // Words of .NET that no message of ours has.
    private static readonly string[] s_foreignWords = ["(Parameter '", "Value cannot be null", "Object reference", "same key", "transcode", "JsonTokenType"];

    [Fact]
    public async Task Every_wrong_answer_is_read_rightly_or_is_an_error_of_ours()
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal) { ["right"] = 0, ["honest"] = 0, ["wrong"] = 0 };
        var wrong = new List<string>();
        foreach (RecordedExchange exchange in ChooseExchanges())
        {
            (bool isValue, HashSet<string> values) = await ReadOriginalAsync(exchange);
            // Two strings may not tell which of several the process uses as a seed.
            var mutator = new AnswerMutator(Seed + exchange.Body.Length);
            foreach (AnswerMutation mutation in mutator.Mutate(exchange))
            {
                (string verdict, string? reason) = await JudgeAsync(mutation, isValue, values);
                counts[verdict]++;
                if (reason is not null)
                {
                    wrong.Add($"{RecordedExchangeReader.GetKind(exchange)} {exchange.Id}: {mutation.Name}: {reason}");
                }
            }
        }
        TestContext.Current.SendDiagnosticMessage($"{counts.Values.Sum()} answers: {counts["right"]} right, {counts["honest"]} honest, {counts["wrong"]} wrong");
        wrong.Take(40).ShouldBeEmpty($"{counts["right"]} right, {counts["honest"]} honest, {counts["wrong"]} wrong");
        counts["right"].ShouldBeGreaterThan(1000);
        counts["honest"].ShouldBeGreaterThan(1000);
    }

    private static List<RecordedExchange> ChooseExchanges() =>
    [
        .. Directory.EnumerateFiles(s_folder, "*.jsonl").Order(StringComparer.Ordinal).SelectMany(RecordedExchange.ReadFile)
            .Where(exchange => RecordedExchangeReader.GetKind(exchange) is not ("health" or "delivery test" or "blob"))
            .GroupBy(exchange => $"{RecordedExchangeReader.GetKind(exchange)} {exchange.Status == 200} {IsError(exchange)}", StringComparer.Ordinal)
            .SelectMany(group => group.OrderByDescending(exchange => Math.Min(exchange.Body.Length, 4000)).ThenBy(exchange => exchange.Body.Length).Take(MaxExchangesOfKind)),
    ];

    private static bool IsError(RecordedExchange exchange) => exchange.Body.AsSpan().StartsWith("{\"error\""u8);

    private static async Task<(bool IsValue, HashSet<string> Values)> ReadOriginalAsync(RecordedExchange exchange)
    {
        try
        {
            return (true, ResultValues.Collect(await RecordedExchangeReader.ReadAsync(exchange)));
        }
        catch (MailServerException)
        {
            return (false, []);
        }
    }

    private static async Task<(string Verdict, string? Reason)> JudgeAsync(AnswerMutation mutation, bool isValue, HashSet<string> original)
    {
        try
        {
            object? result = await RecordedExchangeReader.ReadAsync(mutation.Exchange);
            HashSet<string> values = ResultValues.Collect(result);
            if (mutation.MustFail && RecordedExchangeReader.GetKind(mutation.Exchange) != RecordedExchangeReader.Envelope)
            {
                return ("wrong", $"read as {Show(values)}");
            }
            HashSet<string> said = AnswerValues.Collect(mutation.Exchange.Body);
            string[] made = [.. values.Where(value => !original.Contains(value) && !ResultValues.IsNothing(value) && !IsSaid(value, said))];
            return !isValue || made.Length == 0 ? ("right", null) : ("wrong", $"has {Show(made)}, which the answer does not say");
        }
        catch (MailServerException e)
        {
            bool isOurs = !string.IsNullOrWhiteSpace(e.Message) && !s_foreignWords.Any(word => e.Message.Contains(word, StringComparison.Ordinal));
            return isOurs ? ("honest", null) : ("wrong", $"says '{e.Message}'");
        }
        catch (Exception e) when (e is not ShouldAssertException)
        {
            return ("wrong", $"{e.GetType().Name}: {e.Message}");
        }
    }

    // The keys of settings come in two parts. Sentences about a setting, and how many of something there are, are made here.
    private static bool IsSaid(string value, HashSet<string> said) => said.Contains(value)
        || (value.IndexOf('.', StringComparison.Ordinal) is > 0 and int dot && said.Contains(value[..dot]) && said.Contains(value[(dot + 1)..]))
        || value.StartsWith("The server says ", StringComparison.Ordinal) || value.StartsWith("The setting is ", StringComparison.Ordinal) || value is "2" or "3";

    private static string Show(IEnumerable<string> values) => string.Join(", ", values.Take(3).Select(value => $"'{(value.Length > 60 ? value[..60] : value)}'"));
}
