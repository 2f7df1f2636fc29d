using System.Globalization;

namespace MailAdmin.Sandbox.Host;

/// <summary>The command line.</summary>
internal sealed record HostArguments(string Url, SandboxOptions Options, bool TakesMail = false)
{
    public const string DefaultUrl = "http://127.0.0.1:0";

    /// <summary>How to connect to it. A password that was given is not repeated.</summary>
    public string DescribeSignIn(Uri address) =>
        $"To connect: Connect-MailServer {address.ToString().TrimEnd('/')} -Credential {Options.AdminName}, with the password "
        + (Options.AdminPassword == new SandboxOptions().AdminPassword ? $"'{Options.AdminPassword}'" : "of --admin-password");

    /// <summary>Parses the command line; throws an <see cref="ArgumentException"/> with a message for the user.</summary>
    public static HostArguments Parse(IReadOnlyList<string> args)
    {
        string url = DefaultUrl;
        bool takesMail = false;
        var options = new SandboxOptions();
        for (int i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--urls":
                    url = ReadValue(args, ref i);
                    break;
                case "--empty":
                    options = options with { Empty = true };
                    break;
                case "--edition":
                    options = options with { Edition = ReadEdition(ReadValue(args, ref i)) };
                    break;
                case "--enterprise":
                    options = options with { Edition = SandboxEdition.Enterprise };
                    break;
                case "--smtp":
                    takesMail = true;
                    break;
                case "--admin-password":
                    options = options with { AdminPassword = ReadValue(args, ref i) };
                    break;
                case "--server-version":
                    options = options with { ServerVersion = ReadValue(args, ref i) };
                    break;
                case "--wedge-after":
                    options = options with { WedgeAfter = ReadCount(args, ref i) };
                    break;
                default:
                    throw new ArgumentException($"Unknown option '{args[i]}'. Valid options: --urls URL, --empty, --edition oss|community|enterprise, --enterprise, --server-version VERSION, --admin-password PASSWORD, --smtp, --wedge-after NUMBER.");
            }
        }

        return new HostArguments(url, options, takesMail);
    }

    private static int ReadCount(IReadOnlyList<string> args, ref int i)
    {
        string value = ReadValue(args, ref i);
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : throw new ArgumentException($"'{value}' is not a number.");
    }

    private static SandboxEdition ReadEdition(string name) => name.ToLowerInvariant() switch
    {
        "oss" => SandboxEdition.Oss,
        "community" => SandboxEdition.Community,
        "enterprise" => SandboxEdition.Enterprise,
        _ => throw new ArgumentException($"Unknown edition '{name}'. Valid editions: oss, community, enterprise."),
    };

    private static string ReadValue(IReadOnlyList<string> args, ref int i) =>
        ++i < args.Count ? args[i] : throw new ArgumentException($"Option '{args[i - 1]}' requires a value.");
}
