using System.Globalization;
using Microsoft.Testing.Platform.CommandLine;
using Microsoft.Testing.Platform.Extensions;
using Microsoft.Testing.Platform.Extensions.CommandLine;

namespace MailAdmin.PesterRunner;

/// <summary>What this runner takes on the command line besides what every test application takes.</summary>
internal sealed class PesterOptions : ICommandLineOptionsProvider
{
    public const string Culture = "culture";
    public const string Folder = "folder";
    public const string Package = "package";

    private static readonly CommandLineOption s_culture = new(Culture,
        "The cultures to run everything in, such as th-TH tr-TR, instead of that of this machine: other calendars, other digits, the I of Turkey.",
        ArgumentArity.OneOrMore, isHidden: false);

    private static readonly CommandLineOption s_folder = new(Folder, "The folder of the *.Tests.ps1 files, instead of tests/Pester.", ArgumentArity.ExactlyOne, isHidden: false);

    private static readonly CommandLineOption s_package = new(Package,
        "A .nupkg of the module: it is installed into an empty folder, and tested instead of the module that the build has laid out.", ArgumentArity.ExactlyOne, isHidden: false);

    public string Uid => nameof(PesterOptions);

    public string Version => typeof(PesterOptions).Assembly.GetName().Version!.ToString();

    public string DisplayName => "Pester";

    public string Description => "Options of the Pester tests";

    public Task<bool> IsEnabledAsync() => Task.FromResult(true);

    public IReadOnlyCollection<CommandLineOption> GetCommandLineOptions() => [s_culture, s_folder, s_package];

    public Task<ValidationResult> ValidateOptionArgumentsAsync(CommandLineOption commandOption, string[] arguments) =>
        commandOption.Name switch
        {
            Culture when arguments.FirstOrDefault(name => !IsKnown(name)) is { } unknown => ValidationResult.InvalidTask($"'{unknown}' is not the name of a culture."),
            Folder when !Directory.Exists(arguments[0]) => ValidationResult.InvalidTask($"There is no folder '{arguments[0]}'."),
            Package when !File.Exists(arguments[0]) => ValidationResult.InvalidTask($"There is no package '{arguments[0]}'."),
            _ => ValidationResult.ValidTask,
        };

    public Task<ValidationResult> ValidateCommandLineOptionsAsync(ICommandLineOptions commandLineOptions) => ValidationResult.ValidTask;

    private static bool IsKnown(string name)
    {
        try
        {
            // Without predefinedOnly every well-formed name is a culture.
            return CultureInfo.GetCultureInfo(name, predefinedOnly: true).Name.Length > 0;
        }
        catch (CultureNotFoundException)
        {
            return HasNoCultures;
        }
    }

    /// <summary>Whether .NET knows no culture here: there is no ICU, or it is told not to use it.</summary>
    public static bool HasNoCultures => AppContext.TryGetSwitch("System.Globalization.Invariant", out bool invariant) && invariant
        || Environment.GetEnvironmentVariable("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT") is "1" or "true";
}
