using System.Collections.Concurrent;
using Microsoft.Testing.Platform.CommandLine;
using Microsoft.Testing.Platform.Extensions.Messages;
using Microsoft.Testing.Platform.Extensions.TestFramework;
using Microsoft.Testing.Platform.Requests;

namespace MailAdmin.PesterRunner;

/// <summary>
/// Deals the files of tests/Pester to as many PowerShell processes as there are processors, and publishes each It as a test. A new process for
/// each file would take twice the processor time.
/// </summary>
internal sealed class PesterFramework(ICommandLineOptions options) : ITestFramework, IDataProducer
{
    public string Uid => nameof(PesterFramework);

    public string Version => typeof(PesterFramework).Assembly.GetName().Version!.ToString();

    public string DisplayName => "Pester";

    public string Description => "Runs Pester tests in real PowerShell";

    public Type[] DataTypesProduced => [typeof(TestNodeUpdateMessage)];

    public Task<bool> IsEnabledAsync() => Task.FromResult(true);

    public Task<CreateTestSessionResult> CreateTestSessionAsync(CreateTestSessionContext context) =>
        Task.FromResult(new CreateTestSessionResult { IsSuccess = true });

    public Task<CloseTestSessionResult> CloseTestSessionAsync(CloseTestSessionContext context) =>
        Task.FromResult(new CloseTestSessionResult { IsSuccess = true });

    public async Task ExecuteRequestAsync(ExecuteRequestContext context)
    {
        try
        {
            var request = (TestExecutionRequest)context.Request;
            var files = new ConcurrentQueue<TestFile>(TestFile.FindAll(Folder(), await CulturesAsync(context)));
            using InstalledPackage? package = options.TryGetOptionArgumentList(PesterOptions.Package, out string[]? path)
                ? await InstalledPackage.InstallAsync(Path.GetFullPath(path[0]), context.CancellationToken)
                : null;
            await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(_ => WorkAsync(files, package, request, context)));
        }
        finally
        {
            context.Complete();
        }
    }

    private string Folder() =>
        options.TryGetOptionArgumentList(PesterOptions.Folder, out string[]? folder) ? Path.GetFullPath(folder[0]) : RestoredPowerShell.Metadata("TestFolder");

    /// <summary>The cultures to run in. Where .NET knows none, each that was asked for is a skipped test; a package is tested in that of this machine then.</summary>
    private async Task<IReadOnlyList<string>> CulturesAsync(ExecuteRequestContext context)
    {
        if (!options.TryGetOptionArgumentList(PesterOptions.Culture, out string[]? cultures))
        {
            return [""];
        }
        if (!PesterOptions.HasNoCultures)
        {
            return cultures;
        }
        foreach (string culture in cultures)
        {
            await PublishAsync(context, new TestNode
            {
                Uid = culture,
                DisplayName = $"all tests in {culture}",
                Properties = new PropertyBag(new SkippedTestNodeStateProperty(".NET is in globalization-invariant mode here and knows no culture: there is no ICU, or DOTNET_SYSTEM_GLOBALIZATION_INVARIANT is set.")),
            });
        }
        return options.IsOptionSet(PesterOptions.Package) ? [""] : [];
    }

    /// <summary>One process after the other, as few as the cultures allow, until no file is left.</summary>
    private async Task WorkAsync(ConcurrentQueue<TestFile> files, InstalledPackage? package, TestExecutionRequest request, ExecuteRequestContext context)
    {
        PesterProcess? process = null;
        try
        {
            while (files.TryDequeue(out TestFile? file))
            {
                if (process is not null && (process.HasEnded || process.Culture != file.Culture))
                {
                    await process.DisposeAsync();
                    process = null;
                }
                process ??= await PesterProcess.StartAsync(file.Culture, package, context.CancellationToken);
                await RunAsync(process, file, request, context);
            }
        }
        finally
        {
            if (process is not null)
            {
                await process.DisposeAsync();
            }
        }
    }

    private async Task RunAsync(PesterProcess process, TestFile file, TestExecutionRequest request, ExecuteRequestContext context)
    {
        bool discovers = request is DiscoverTestExecutionRequest;
        int[] lines = [];
        if (!discovers && request.Filter is TestNodeUidListFilter or TreeNodeFilter)
        {
            // Only what is listed can be chosen from.
            (IReadOnlyList<TestRecord> listed, _) = await process.RunAsync(new WorkOrder(file.Path, [], DiscoverOnly: true), context.CancellationToken);
            lines = [.. TestNodes.From(file, listed, "", discovers: true).Where(node => TestNodes.IsChosen(node, request.Filter)).Select(TestNodes.Line).Distinct()];
            if (lines.Length == 0 || process.HasEnded)
            {
                return;
            }
        }
        (IReadOnlyList<TestRecord> records, string output) = await process.RunAsync(new WorkOrder(file.Path, lines, discovers), context.CancellationToken);
        foreach (TestNode node in TestNodes.From(file, records, output, discovers).Where(node => TestNodes.IsChosen(node, request.Filter)))
        {
            await PublishAsync(context, node);
        }
    }

    private Task PublishAsync(ExecuteRequestContext context, TestNode node) =>
        context.MessageBus.PublishAsync(this, new TestNodeUpdateMessage(context.Request.Session.SessionUid, node));
}
