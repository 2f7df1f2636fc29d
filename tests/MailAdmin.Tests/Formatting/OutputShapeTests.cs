// What an output is outside of .NET: in JSON, CSV and HTML, in Get-Member and in a string (docs/decisions/0024).
using System.Collections;
using System.Management.Automation;
using System.Reflection;
using System.Security;
using MailAdmin.Client;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.Tests.Formatting;

public sealed class OutputShapeTests
{
    // What ConvertTo-Json and Export-Csv write as a text, a number, an object or a list that reads well, or never (secrets).
    private static readonly Type[] s_plain =
    [
        typeof(string), typeof(bool), typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(double), typeof(DateTimeOffset), typeof(TimeSpan), typeof(Uri), typeof(Version),
        typeof(StringList), typeof(NamedValues), typeof(PSCredential), typeof(SecureString),
    ];

    private static readonly string[] s_methods = [nameof(Equals), nameof(GetHashCode), nameof(GetType), nameof(ToString), nameof(IDisposable.Dispose), nameof(MailDnsRecord.ToZoneLine)];

    public static TheoryData<Type> OutputTypes => [.. PropertyNameTests.FindOutputTypes()];

    [Fact]
    public void All_outputs_are_looked_at() => OutputTypes.Count.ShouldBeGreaterThan(40);

    [Theory]
    [MemberData(nameof(OutputTypes))]
    public void Every_property_has_a_form_that_reads_well(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0 && !HasGoodForm(property.PropertyType))
            .Select(property => $"{property.Name}: {property.PropertyType}").ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(OutputTypes))]
    public void No_method_is_a_detail_of_the_implementation(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Instance).Where(method => !method.IsSpecialName).Select(method => method.Name).Except(s_methods).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(OutputTypes))]
    public void The_text_is_the_name_of_the_thing(Type type)
    {
        if (!type.IsAbstract && type != typeof(MailConnection))
        {
            string text = new SampleObject { Text = "text" }.Create(type).ToString()!;
            text.ShouldNotContain("MailAdmin.");
            text.ShouldNotContain("{");
        }
    }

    [Fact]
    public void Lists_and_named_values_have_a_text_form()
    {
        new StringList(["a", "b"]).ToString().ShouldBe("a;b");
        new ItemList<int>([1, 2]).ToString().ShouldBe("1;2");
        new NamedValues(new Dictionary<string, object?> { ["a"] = 1L, ["b"] = new object?[] { "x", null, 1.5 }, ["c"] = null }).ToString().ShouldBe("a=1;b=x,,1.5;c=");
    }

    private static bool HasGoodForm(Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        return s_plain.Contains(plain)
            // As a word, where other enums become a number.
            || (plain.IsEnum && Enum.GetUnderlyingType(plain) == typeof(long))
            || (plain.IsGenericType && plain.GetGenericTypeDefinition() == typeof(ItemList<>))
            || (plain.IsClass && !typeof(IEnumerable).IsAssignableFrom(plain) && PropertyNameTests.FindOutputTypes().Contains(plain));
    }
}
