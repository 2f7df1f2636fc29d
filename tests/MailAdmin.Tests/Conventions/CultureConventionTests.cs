using MailAdmin.Tests.Hosting;
using Microsoft.CodeAnalysis;

namespace MailAdmin.Tests.Conventions;

/// <summary>What the analyzers do not see: values that an interpolated string, a view or a pattern reads or writes by the culture of the machine.</summary>
public sealed class CultureConventionTests
{
    private static readonly string[] s_cultural = ["System.Double", "System.Single", "System.Decimal", "System.DateTime", "System.DateTimeOffset", "System.DateOnly", "System.TimeOnly", "System.Object"];

    [Theory]
    [InlineData("MailAdmin.Client", 500)]
    [InlineData("MailAdmin.PowerShell", 500)]
    [InlineData("MailAdmin.Isolated", 20)]
    public void No_text_of_ours_has_a_number_or_a_time_in_the_culture_of_the_machine(string name, int fewestValues)
    {
        (string Place, ITypeSymbol Type, bool HasFormat)[] values = [.. SourceProject.Read(name).WrittenValues()];
        values.Length.ShouldBeGreaterThan(fewestValues, "the compilation no longer sees the project's references");
        values.Where(value => s_cultural.Contains(GetName(value.Type)) || (value.HasFormat && GetName(value.Type) is not ("System.Guid" or "System.TimeSpan")))
            .Select(value => $"{value.Place} ({value.Type})").ShouldBeEmpty();
    }

    [Fact]
    public void No_view_formats_in_the_culture_of_the_machine()
    {
        string[] views = Directory.GetFiles(ProjectRoot.File("src", "MailAdmin.PowerShell", "Formatting"), "*.Format.ps1xml");
        views.ShouldNotBeEmpty();
        views.SelectMany(File.ReadLines).Where(line => line.Contains("<FormatString>", StringComparison.Ordinal)
            || (line.Contains(".ToString('", StringComparison.Ordinal) && !line.Contains("[cultureinfo]::InvariantCulture", StringComparison.Ordinal))
            || line.Contains(" -f ", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Patterns_that_ignore_case_are_made_in_one_place()
    {
        SourceProject.Read("MailAdmin.PowerShell").Files
            .Where(file => file.ToString().Contains("WildcardOptions.IgnoreCase", StringComparison.Ordinal))
            .Select(file => Path.GetFileName(file.FilePath)).ShouldBe(["WildcardExtensions.cs"]);
    }

    private static string GetName(ITypeSymbol type)
    {
        ITypeSymbol bare = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;
        return $"{bare.ContainingNamespace}.{bare.MetadataName}";
    }
}
