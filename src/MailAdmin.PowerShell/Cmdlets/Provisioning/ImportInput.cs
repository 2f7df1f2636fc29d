using System.Management.Automation;
using MailAdmin.PowerShell.Cmdlets.Principal;

namespace MailAdmin.PowerShell.Cmdlets.Provisioning;

/// <summary>What was piped to an import: files and their paths as Import-Csv takes them, or rows. Anything else is refused by the name of its type.</summary>
internal sealed class ImportInput(PathIntrinsics paths)
{
    private readonly List<ImportPath> _files = [];
    private readonly List<PSObject> _rows = [];

    /// <summary>The files, in the order given.</summary>
    public IReadOnlyList<ImportPath> Files => _files;

    /// <summary>The rows, in the order given.</summary>
    public IReadOnlyList<PSObject> Rows => _rows;

    /// <summary>Takes an object of the pipeline.</summary>
    /// <exception cref="ArgumentException">It is neither a file nor a row.</exception>
    /// <exception cref="ItemNotFoundException">There is no such file.</exception>
    public void Add(PSObject value)
    {
        switch (value.BaseObject)
        {
            case FileSystemInfo file:
                AddLiteral(file.FullName);
                break;
            case PathInfo path:
                AddLiteral(path.Path);
                break;
            case string text:
                AddPipedText(text);
                break;
            // A file object of a remote session, and what else Import-Csv takes for a file.
            case PSCustomObject when value.Properties["PSPath"]?.Value?.ToString() is { Length: > 0 } path:
                AddLiteral(path);
                break;
            default:
                AddRow(value);
                break;
        }
        if (_files.Count > 0 && _rows.Count > 0)
        {
            throw new ArgumentException("Files and rows were piped together. Pipe one kind to each Import-MailPrincipal.");
        }
    }

    /// <summary>Takes a path, in which wildcards are expanded unless there is a file of just that name.</summary>
    /// <exception cref="ItemNotFoundException">There is no such file.</exception>
    public void AddPath(string path)
    {
        if (ResolveLiteral(path) is { } full && Path.Exists(full))
        {
            _files.Add(new ImportPath(path, full));
            return;
        }
        string[] found = WildcardPattern.ContainsWildcardCharacters(path) ? [.. ResolveWildcards(path).Order(StringComparer.Ordinal)] : [];
        if (found.Length == 0)
        {
            throw new ItemNotFoundException($"There is no file '{path}'.");
        }
        _files.AddRange(found.Select(file => new ImportPath(file, file)));
    }

    /// <summary>Takes a path without wildcards.</summary>
    /// <exception cref="ItemNotFoundException">There is no such file.</exception>
    public void AddLiteral(string path)
    {
        if (ResolveLiteral(path) is not { } full || !Path.Exists(full))
        {
            throw new ItemNotFoundException($"There is no file '{path}'.");
        }
        _files.Add(new ImportPath(path.Contains("::", StringComparison.Ordinal) ? full : path, full));
    }

    // A line of Get-Content is not shown: it may hold a password.
    private void AddPipedText(string text)
    {
        try
        {
            AddPath(text);
        }
        catch (ItemNotFoundException e) when (text.AsSpan().IndexOfAny(",;\t|") >= 0)
        {
            throw new ArgumentException("A text that is piped is the path of a file, and there is no such file. Pipe the file itself (Get-Item people.csv | Import-MailPrincipal); lines of Get-Content go through ConvertFrom-Csv.", e);
        }
    }

    private void AddRow(PSObject value)
    {
        if (PrincipalRows.FindForeignType(value) is { } type)
        {
            throw new ArgumentException($"An object of type {type} is not a row to import. Pipe rows with the columns of a table, such as: Select-Object Name, Email | Import-MailPrincipal.");
        }
        _rows.Add(value);
    }

    private string? ResolveLiteral(string path) => Resolve(() =>
    {
        string full = paths.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        return provider.Name == "FileSystem" ? full : null;
    });

    private IEnumerable<string> ResolveWildcards(string path) => Resolve(() =>
    {
        IEnumerable<string> found = paths.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
        return provider.Name == "FileSystem" ? found : [];
    }) ?? [];

    private static T? Resolve<T>(Func<T?> resolve)
        where T : class
    {
        try
        {
            return resolve();
        }
        catch (Exception e) when (e is SessionStateException or NotSupportedException or ArgumentException)
        {
            return null;
        }
    }
}
