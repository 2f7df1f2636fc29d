// Answers of 0.16 that are wrong in one thing: each is read rightly or becomes an error of ours, never an exception of a library and never another value in silence.
using MailAdmin.Client;
using MailAdmin.Tests.Recordings;

namespace MailAdmin.Tests.Jmap;

public sealed class JmapAnswerFuzzTests
{
    private const int Seed = 20261130;
    private const int MaxExchangesOfKind = 3;

    // What a limit beyond all need becomes.
    private const string LargestLimit = "2147483647";

    private static readonly string[] s_foreignWords = ["(Parameter '", "Value cannot be null", "Object reference", "same key", "transcode", "JsonTokenType"];

    [Fact]
    public async Task Every_wrong_answer_is_read_rightly_or_is_an_error_of_ours()
    {
        int right = 0, honest = 0;
        var wrong = new List<string>();
        foreach (RecordedExchange exchange in ChooseExchanges())
        {
            (bool isValue, HashSet<string> values) = await ReadOriginalAsync(exchange);
            foreach (AnswerMutation mutation in new AnswerMutator(Seed + exchange.Body.Length).Mutate(exchange))
            {
                try
                {
                    HashSet<string> said = AnswerValues.Collect(mutation.Exchange.Body);
                    string[] made = [.. ResultValues.Collect(await RecordedJmapAnswers.ReadAsync(mutation.Exchange)).Where(value => !values.Contains(value) && !ResultValues.IsNothing(value) && !said.Contains(value) && value != LargestLimit)];
                    if (mutation.MustFail || (isValue && made.Length > 0))
                    {
                        wrong.Add($"{exchange.Id}: {mutation.Name}: read as {string.Join(", ", made.Take(3))}");
                    }
                    right++;
                }
                catch (MailServerException e)
                {
                    honest++;
                    if (s_foreignWords.Any(word => e.Message.Contains(word, StringComparison.Ordinal)))
                    {
                        wrong.Add($"{exchange.Id}: {mutation.Name}: says '{e.Message}'");
                    }
                }
                catch (Exception e) when (e is not ShouldAssertException)
                {
                    wrong.Add($"{exchange.Id}: {mutation.Name}: {e.GetType().Name}: {e.Message}");
                }
            }
        }
        TestContext.Current.SendDiagnosticMessage($"{right + honest} answers: {right} right, {honest} honest, {wrong.Count} wrong");
        wrong.Take(40).ShouldBeEmpty($"{right} right, {honest} honest, {wrong.Count} wrong");
        right.ShouldBeGreaterThan(1000);
        honest.ShouldBeGreaterThan(1000);
    }

    private static IEnumerable<RecordedExchange> ChooseExchanges() => RecordedJmapAnswers.ReadAll()
        .Where(exchange => RecordedJmapAnswers.GetKind(exchange) is not null)
        .GroupBy(exchange => $"{RecordedJmapAnswers.GetKind(exchange)} {exchange.Status}", StringComparer.Ordinal)
        .SelectMany(group => group.OrderByDescending(exchange => Math.Min(exchange.Body.Length, 2000)).ThenBy(exchange => exchange.Body.Length).Take(MaxExchangesOfKind));

    private static async Task<(bool IsValue, HashSet<string> Values)> ReadOriginalAsync(RecordedExchange exchange)
    {
        try
        {
            return (true, ResultValues.Collect(await RecordedJmapAnswers.ReadAsync(exchange)));
        }
        catch (MailServerException)
        {
            return (false, []);
        }
    }
}
