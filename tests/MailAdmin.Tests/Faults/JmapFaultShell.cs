using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Faults;

/// <summary>A shell for all uses of a class of tests, and what is the same whatever a use does.</summary>
public sealed class JmapFaultShell : IDisposable
{
    // The clock of the client does not wait: only what never ends takes as long.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    // Of a command for a thing or two, each of whose calls is sent a dozen times while others use up the limit of the account, and a few times more where that lasts.
    private const int MaxRequests = 300;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailadmin-faults-");

    public JmapFaultShell()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "a.pem"), TestCertificate.CreatePem());
        Shell.SetVariable("folder", _folder.FullName);
    }

    internal HostedShell Shell { get; } = new();

    internal static TheoryData<int, string> ToData(IReadOnlyList<JmapFaultUse> uses)
    {
        var data = new TheoryData<int, string>();
        foreach ((int index, JmapFaultUse use) in uses.Index())
        {
            data.Add(index, use.Script);
        }
        return data;
    }

    internal async Task<JmapFaultWorld> EnterAsync(JmapFaultUse use)
    {
        JmapFaultWorld world = await JmapFaultWorld.CreateAsync(use.NeedsSample);
        world.Enter(Shell, use);
        return world;
    }

    /// <summary>Runs a use whose requests meet a fault. What it says is judged by the caller; how it says it, here.</summary>
    internal async Task<FaultVerdict> RunAsync(JmapFaultUse use, JmapFaultWorld world, JmapFaultCell cell, bool ofWrites, Func<ScriptResult, FaultVerdict> judge)
    {
        world.Transport.Arm(cell, ofWrites);
        ScriptResult result;
        try
        {
            result = await Task.Run(() => Shell.Run(use.Script)).WaitAsync(s_patience);
        }
        catch (TimeoutException)
        {
            return FaultVerdict.Hangs;
        }
        finally
        {
            world.Transport.Disarm();
        }
        return result.Errors.Any(IsForeign) ? FaultVerdict.RawException
            : world.Transport.SentSecrets.Any(secret => ShowsSecret(result, secret)) ? FaultVerdict.ShowsSecret
            : world.Transport.Requests > MaxRequests ? FaultVerdict.AsksTooOften
            : judge(result);
    }

    public void Dispose()
    {
        Shell.Dispose();
        _folder.Delete(recursive: true);
    }

    // Of an exception that nobody expected the engine takes the type for the id.
    private static bool IsForeign(ErrorRecord error) =>
        error.FullyQualifiedErrorId.StartsWith("UnexpectedError", StringComparison.Ordinal) || error.FullyQualifiedErrorId.StartsWith("System.", StringComparison.Ordinal);

    // A server quotes the value, or one line of it.
    private static bool ShowsSecret(ScriptResult result, string secret) => secret.Split('\n').Select(line => line.Trim()).Where(line => line.Length >= 6 && !line.StartsWith('-'))
        .Any(line => result.Errors.SelectMany(GetTexts).Concat(result.Warnings.Select(warning => warning.Message)).Any(text => text.Contains(line, StringComparison.Ordinal)));

    private static IEnumerable<string> GetTexts(ErrorRecord error)
    {
        yield return $"{error} {error.ErrorDetails?.RecommendedAction} {error.Exception} {error.TargetObject}";
        for (Exception? exception = error.Exception; exception is not null; exception = exception.InnerException)
        {
            if (exception is MailServerException own)
            {
                yield return $"{own.Title} {own.Details} {own.Reason} {own.Value} {own.Field} {own.Item}";
            }
        }
    }
}
