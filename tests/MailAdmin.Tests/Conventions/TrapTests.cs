// No trap of the contract without the test that proves what is done about it, or a reason why there is none.
using System.Globalization;
using System.Text.RegularExpressions;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Conventions;

public sealed partial class TrapTests
{
    // A client has nothing to do about it.
    private const int WithoutTest = 35;

    public static TheoryData<int> Numbers => [.. TrapMap.All.Select(trap => trap.Number)];

    [Fact]
    public void Every_trap_of_the_contract_is_in_the_map_and_once() =>
        TrapMap.All.Select(trap => trap.Number).ShouldBe(Row().Matches(File.ReadAllText(ProjectRoot.File("docs", "api-0.16.md")).Split("## 11. Traps")[1].Split("\n## ")[0]).Select(row => int.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture)));

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_trap_has_tests_that_run_or_a_reason_why_it_needs_none(int number)
    {
        Trap trap = TrapMap.All.Single(trap => trap.Number == number);
        (trap.Tests.Count == 0).ShouldBe(number == WithoutTest);
        (trap.Reason is null).ShouldBe(trap.Tests.Count > 0);
        foreach (TrapTest test in trap.Tests)
        {
            test.Class.GetMethod(test.Method).ShouldNotBeNull($"{test.Class.Name}.{test.Method}").GetCustomAttributes(inherit: true)
                .ShouldContain(attribute => attribute is FactAttribute, $"{test.Class.Name}.{test.Method} is no test");
        }
    }

    [GeneratedRegex(@"^\| (\d+) \| ●", RegexOptions.Multiline)]
    private static partial Regex Row();
}
