using System.Diagnostics;
using System.Management.Automation.Runspaces;
using PS = System.Management.Automation.PowerShell;

namespace MailAdmin.Benchmarks;

/// <summary>A PowerShell engine in this process with the module imported and connected.</summary>
internal sealed class HostedEngine : IDisposable
{
    private readonly Runspace _runspace = Open();

    /// <param name="sandbox">The server.</param>
    /// <param name="accounts">What is to be created; null for none.</param>
    public HostedEngine(SandboxProcess sandbox, BenchmarkAccounts? accounts)
    {
        _runspace.SessionStateProxy.SetVariable("uri", sandbox.Address.ToString());
        _runspace.SessionStateProxy.SetVariable("manifest", ProjectFolder.Manifest);
        Run($$"""
            Import-Module $manifest
            $secret = [securestring]::new(); foreach ($letter in '{{SandboxProcess.Password}}'.ToCharArray()) { $secret.AppendChar($letter) }
            Connect-MailServer $uri -Credential ([pscredential]::new('{{SandboxProcess.User}}', $secret))
            """);
        if (accounts is null)
        {
            return;
        }
        _runspace.SessionStateProxy.SetVariable("csv", accounts.CsvPath);
        Run($$"""
            $rows = foreach ($line in [IO.File]::ReadAllLines($csv)[1..{{accounts.Names.Length}}]) {
                $cell = $line.Split(',')
                [pscustomobject] @{ Name = $cell[0]; Description = $cell[1]; Email = $cell[2]; Quota = $cell[3]; PasswordHash = $cell[4]; Role = $cell[5] }
            }
            """);
    }

    /// <summary>Connects again, with the API key that the script makes as <c>$key</c>.</summary>
    public void UseKey(string script) => Run($"""
        {script}
        Connect-MailServer $uri -ApiKey $key.ApiKey
        """);

    /// <summary>Imports a module into a fresh engine and returns the milliseconds it took.</summary>
    public static double MeasureImport(string manifest)
    {
        using Runspace runspace = Open();
        using var warm = PS.Create(runspace);
        warm.AddScript("Get-Module").Invoke();
        using var shell = PS.Create(runspace);
        shell.AddCommand("Import-Module").AddParameter("Name", manifest);
        long start = Stopwatch.GetTimestamp();
        shell.Invoke();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        return shell.HadErrors ? throw new InvalidOperationException(shell.Streams.Error[0].ToString()) : elapsed.TotalMilliseconds;
    }

    public void ImportPrincipals() => Run("$null = Import-MailPrincipal $csv");

    public void CreatePrincipals() => Run("$null = $rows | New-MailPrincipal");

    public void ListPrincipals(int expected) => Run($"if (@(Get-MailPrincipal -Type Individual).Count -ne {expected}) {{ throw 'Some are missing.' }}");

    public void Dispose() => _runspace.Dispose();

    private static Runspace Open()
    {
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        }
        Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        return runspace;
    }

    private void Run(string script)
    {
        using var shell = PS.Create(_runspace);
        shell.AddScript(script).Invoke();
        if (shell.HadErrors)
        {
            throw new InvalidOperationException(shell.Streams.Error.Count > 0 ? shell.Streams.Error[0].ToString() : "The script failed.");
        }
    }
}
