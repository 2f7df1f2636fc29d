// Words that a later server may add to: the known ones are found in any case, and the others are kept.
using System.Reflection;
using MailAdmin.Client;

namespace MailAdmin.Tests.Values;

public sealed class OpenWordsTests
{
    public static TheoryData<Type> Types =>
        [.. typeof(MailClient).Assembly.GetExportedTypes().Where(type => type.GetField("s_words", BindingFlags.NonPublic | BindingFlags.Static) is not null)];

    [Fact]
    public void There_are_fifteen_of_them() => Types.Count.ShouldBe(15);

    [Theory]
    [MemberData(nameof(Types))]
    public void A_known_word_is_found_in_any_case_and_the_default_is_one_of_them(Type type)
    {
        object[] known = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Static).Where(property => property.PropertyType == type).Select(property => property.GetValue(null)!)];
        known.ShouldBeUnique();
        known.ShouldContain(Activator.CreateInstance(type)!);
        known.ShouldAllBe(word => Parse(type, $" {word.ToString()!.ToUpperInvariant()} ").Equals(word));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void An_unknown_word_is_kept(Type type)
    {
        object word = type == typeof(PrincipalType) ? PrincipalType.FromWire("novelty") : Parse(type, "novelty");
        word.ToString().ShouldBe(word is PrincipalType or DkimAlgorithm ? "Novelty" : "novelty");
        word.ShouldNotBe(Activator.CreateInstance(type));
    }

    [Fact]
    public void A_person_can_name_known_kinds_of_principals_alone() => Should.Throw<FormatException>(() => PrincipalType.Parse("novelty")).Message.ShouldContain("Individual, Group");

    private static object Parse(Type type, string text) => type.GetMethod("Parse", [typeof(string)])!.Invoke(null, [text])!;
}
