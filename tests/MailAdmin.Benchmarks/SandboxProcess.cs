using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace MailAdmin.Benchmarks;

/// <summary>A listening sandbox with one domain, and an administrator's client. A process of its own, so that the measured client shares nothing with the server but the socket.</summary>
internal sealed class SandboxProcess : IDisposable
{
    public const string User = "admin";
    public const string Password = "benchmark-admin-password";
    public const string Domain = "example.org";
    private readonly Process _process;

    private SandboxProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
        Client = new HttpClient { BaseAddress = address };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}")));
    }

    public Uri Address { get; }

    /// <summary>Signed in with Basic; what a bare loop would use.</summary>
    public HttpClient Client { get; }

    /// <param name="delay">What every call takes longer, in milliseconds.</param>
    /// <param name="version">The version of the server; null for the first one, which gets its domain here.</param>
    public static async Task<SandboxProcess> StartAsync(int delay, string? version = null)
    {
        string[] versionArguments = version is null ? [] : ["--server-version", version];
        var start = new ProcessStartInfo("dotnet", [ProjectFolder.SandboxHost, "--urls", "http://127.0.0.1:0", "--empty", "--admin-password", Password, .. versionArguments])
        {
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(start)!;
        string line = await process.StandardOutput.ReadLineAsync().ConfigureAwait(false) ?? throw new InvalidOperationException("The sandbox did not start.");
        var sandbox = new SandboxProcess(process, new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..].Trim()));
        if (version is null)
        {
            await sandbox.PostAsync("/api/principal", new Dictionary<string, object> { ["type"] = "domain", ["name"] = Domain }).ConfigureAwait(false);
        }
        if (delay > 0)
        {
            await sandbox.PostAsync("/sandbox/fault", new Dictionary<string, object> { ["kind"] = "Delay", ["path"] = version is null ? "/api/" : "/jmap", ["delayMs"] = delay }).ConfigureAwait(false);
        }
        return sandbox;
    }

    /// <summary>The lines of a script that import the module and connect it to a server with this administrator.</summary>
    public static string FormatConnect(Uri address) =>
        $"Import-Module '{ProjectFolder.Manifest}'; Connect-MailServer {address} -Credential ([pscredential]::new('{User}', (ConvertTo-SecureString '{Password}' -AsPlainText -Force)))";

    /// <summary>Counts the accounts, removes them all, and fails unless there were as many as expected.</summary>
    public async Task ClearAsync(int expected)
    {
        int count = await CountAsync().ConfigureAwait(false);
        if (count != expected)
        {
            throw new InvalidOperationException($"{expected} accounts should exist, but there are {count}.");
        }
        using HttpResponseMessage response = await Client.DeleteAsync(new Uri("/api/principal?type=individual&confirm=true", UriKind.Relative)).ConfigureAwait(false);
        while (await CountAsync().ConfigureAwait(false) > 0)
        {
            await Task.Delay(5).ConfigureAwait(false);
        }
    }

    /// <summary>Creates all accounts.</summary>
    public Task FillAsync(BenchmarkAccounts accounts) => Parallel.ForEachAsync(
        accounts.Names,
        new ParallelOptions { MaxDegreeOfParallelism = 8 },
        async (name, cancellation) => await PostAsync("/api/principal", BenchmarkAccounts.CreateBody(name)).ConfigureAwait(false));

    public void Dispose()
    {
        Client.Dispose();
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task<int> CountAsync()
    {
        JsonElement response = await Client.GetFromJsonAsync<JsonElement>(new Uri("/api/principal?types=individual&count=1", UriKind.Relative)).ConfigureAwait(false);
        return response.GetProperty("data").GetProperty("total").GetInt32();
    }

    private async Task PostAsync(string path, object body)
    {
        using HttpResponseMessage response = await Client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
    }
}
