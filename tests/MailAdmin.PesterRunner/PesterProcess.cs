using System.Diagnostics;
using System.IO.Pipes;
using System.Text;
using System.Text.Json;

namespace MailAdmin.PesterRunner;

/// <summary>
/// A PowerShell process that runs one file of tests after the other. Orders and results go through a pipe of their own, so that
/// whatever the tests print cannot be taken for a result.
/// </summary>
internal sealed class PesterProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly NamedPipeServerStream _pipe;
    private readonly StreamReader _results;
    private readonly StreamWriter _orders;
    private readonly StringBuilder _output = new();

    private PesterProcess(string culture, Process process, NamedPipeServerStream pipe)
    {
        Culture = culture;
        _process = process;
        _pipe = pipe;
        _results = new StreamReader(pipe);
        _orders = new StreamWriter(pipe) { AutoFlush = true };
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The culture it runs in; empty for that of this machine.</summary>
    public string Culture { get; }

    public static async Task<PesterProcess> StartAsync(string culture, InstalledPackage? package, CancellationToken cancellationToken)
    {
        string name = $"mailadmin-pester-{Guid.NewGuid():n}";
        var pipe = new NamedPipeServerStream(name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        Process? process = null;
        try
        {
            process = Process.Start(Worker(culture, package, name))!;
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task connected = pipe.WaitForConnectionAsync(both.Token);
            Task ended = process.WaitForExitAsync(both.Token);
            if (await Task.WhenAny(connected, ended) == ended)
            {
                cancellationToken.ThrowIfCancellationRequested();
                string problem = await process.StandardError.ReadToEndAsync(cancellationToken);
                throw new InvalidOperationException($"PowerShell did not start the tests (exit code {process.ExitCode}). {problem}");
            }
            await both.CancelAsync();
            return new PesterProcess(culture, process, pipe);
        }
        catch
        {
            process?.Kill(entireProcessTree: true);
            process?.Dispose();
            await pipe.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs or lists the tests of a file; what the process printed meanwhile is the second part.</summary>
    public async Task<(IReadOnlyList<TestRecord> Records, string Output)> RunAsync(WorkOrder order, CancellationToken cancellationToken)
    {
        lock (_output)
        {
            _output.Clear();
        }
        List<TestRecord> records = [];
        await _orders.WriteLineAsync(JsonSerializer.Serialize(order, WorkerJson.Default.WorkOrder).AsMemory(), cancellationToken);
        while (await _results.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length == 0)
            {
                return (records, Output());
            }
            records.Add(JsonSerializer.Deserialize(line, WorkerJson.Default.TestRecord)!);
        }
        await _process.WaitForExitAsync(cancellationToken);
        HasEnded = true;
        records.Add(TestRecord.OfFile($"PowerShell ended with exit code {_process.ExitCode} in the middle of the file."));
        return (records, Output());
    }

    /// <summary>Whether the process has ended: tests may end it by an exit.</summary>
    public bool HasEnded { get; private set; }

    public async ValueTask DisposeAsync()
    {
        // The end of the orders ends the process; what a test has started and forgotten must not outlive it.
        await _pipe.DisposeAsync();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            _process.Kill(entireProcessTree: true);
        }
        _process.Dispose();
    }

    private string Output()
    {
        lock (_output)
        {
            return _output.ToString();
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.AppendLine(line.Data);
        }
    }

    private static ProcessStartInfo Worker(string culture, InstalledPackage? package, string pipe)
    {
        ProcessStartInfo start = RestoredPowerShell.Run("Worker.ps1", "-Pipe", pipe, "-Pester", RestoredPowerShell.Metadata("PesterManifest"), "-Culture", culture);
        if (package is not null)
        {
            start.Environment["MAILADMIN_TEST_MODULE"] = package.ModuleFolder;
            start.Environment["MAILADMIN_TEST_PACKAGE"] = package.Path;
        }
        if (culture.Length > 0)
        {
            start.Environment["MAILADMIN_TEST_CULTURE"] = culture;
            // Except on Windows the environment sets the culture, for the processes and runspaces that tests start too.
            start.Environment["LC_ALL"] = $"{culture.Replace('-', '_')}.UTF-8";
        }
        return start;
    }
}
