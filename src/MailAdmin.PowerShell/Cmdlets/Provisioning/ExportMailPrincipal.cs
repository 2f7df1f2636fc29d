using System.Management.Automation;
using System.Text;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Cmdlets.Principal;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Files;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Provisioning;

/// <summary>Writes principals to a CSV or JSON file that Import-MailPrincipal reads (GET /principal in one request). Passwords are not written.</summary>
[Cmdlet(VerbsData.Export, "MailPrincipal", DefaultParameterSetName = ByFilter, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low,
    HelpUri = HelpPages.Folder + "Export-MailPrincipal.md")]
[OutputType(typeof(FileInfo))]
public sealed class ExportMailPrincipal : InputCmdlet
{
    private const string ByFilter = "Filter";
    private const string ByObject = "InputObject";

    private readonly List<MailPrincipal> _inputPrincipals = [];
    private readonly LeftOutProperties _leftOut = new();

    /// <summary>The file: .json for JSON, else CSV. Extensions of other formats, such as .xlsx, are refused. An existing file is an error without -Force.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>
    /// Principals to write: the object, the name, or an address. What Get-MailPrincipal has fetched whole is written as it is; anything else, such as an object
    /// with some properties only, or one from a file, only says which principal is meant, and that is read again.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByObject)]
    [Alias("Name")]
    [PrincipalIdentityArgument]
    [ValidateNotNullOrEmpty]
    public PrincipalIdentity[]? InputObject { get; set; }

    /// <summary>The types to write, such as Individual. Default: every type that the signed-in account may list.</summary>
    [Parameter(ParameterSetName = ByFilter)]
    [PrincipalTypeArgument]
    [ArgumentCompleter(typeof(PrincipalTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public PrincipalType[]? Type { get; set; }

    /// <summary>Words that must all occur in the principal. Server 0.11 finds them anywhere, later ones as whole words only.</summary>
    [Parameter(ParameterSetName = ByFilter)]
    [Alias("Filter")]
    [ValidateNotNullOrEmpty]
    public string? Text { get; set; }

    /// <summary>The character between the cells of a CSV file. Default: a comma.</summary>
    [Parameter]
    public char Delimiter { get; set; } = ',';

    /// <summary>The encoding of a CSV file: a name such as utf8, utf8BOM (for Excel) or windows-1252, a code page, or an Encoding object. Default: utf8.</summary>
    [Parameter]
    [EncodingArgument]
    [ArgumentCompleter(typeof(EncodingCompleter))]
    [ValidateNotNull]
    public Encoding? Encoding { get; set; }

    /// <summary>
    /// Write an apostrophe before cells that a spreadsheet would run as a formula: those that begin with =, +, -, @, a tab or a carriage return.
    /// Import-MailPrincipal takes it back.
    /// </summary>
    [Parameter]
    public SwitchParameter ProtectFormula { get; set; }

    /// <summary>Overwrite the file. It is replaced in one step, when the new one is complete.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    // What must be read again may be somebody else on another server.
    private protected override bool TakesObjectsOfAnyServer => InputObject is null || Array.TrueForAll(InputObject, IsWhole);

    /// <inheritdoc/>
    private protected override string? OneServerReason => "One file is for the principals of one server.";

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (PrincipalText.GetInvalidReason(Text) is { } reason)
        {
            ThrowTerminating(new ArgumentException(reason), Text);
        }
        if (ParameterSetName == ByFilter)
        {
            Export();
        }
        else
        {
            foreach (PrincipalIdentity identity in InputObject!)
            {
                Add(identity);
            }
        }
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        if (_inputPrincipals.Count > 0)
        {
            Export();
        }
        else if (MyInvocation.ExpectingInput)
        {
            // Nothing was piped, or nothing that could be bound: that does not ask for all principals of the server.
            WriteWarning($"No principal was piped that could be written: '{Path}' is not written.");
        }
    }

    private static bool IsWhole(PrincipalIdentity identity) => identity.Principal is { } principal && PrincipalFileWriter.CanWrite(principal);

    private void Add(PrincipalIdentity identity)
    {
        if (IsWhole(identity))
        {
            _inputPrincipals.Add(identity.Principal!);
            return;
        }
        if (identity.IsPattern)
        {
            WriteItemError(new ArgumentException(PrincipalErrors.FormatWildcardAdvice(identity, $"{WildcardExtensions.QuoteLiterally(identity.Name)} | {MyInvocation.MyCommand.Name}", filter: "")), identity.Name);
            return;
        }
        try
        {
            if (Pump.Wait(Client.Principals.FindAsync(identity.Name, Pump.Token)) is { } found)
            {
                _inputPrincipals.Add(found);
            }
            else
            {
                WriteError(PrincipalErrors.NotFound(identity.Name));
            }
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            WriteItemError(e, identity.Name);
        }
    }

    private void Export()
    {
        string path = ResolvePath();
        if (!ShouldAct(path, "Write principals"))
        {
            return;
        }
        try
        {
            ThrowIfEncodingOfJson(path);
            using var file = new AtomicFile(path, Force);
            int count = WritePrincipals(file.Stream, path);
            file.Commit();
            Pump.Drain();
            foreach (string leftOut in _leftOut.Describe(path))
            {
                WriteWarning(leftOut);
            }
            WriteVerbose($"{count} principals written to {path}.");
            WriteFileInfo(path);
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            ThrowTerminating(e, path);
        }
    }

    private string ResolvePath()
    {
        try
        {
            return OutputPath.Resolve(SessionState.Path, Path!, nameof(Path), ".csv or .json");
        }
        catch (ArgumentException e)
        {
            ThrowTerminating(e, Path);
            throw;
        }
    }

    private int WritePrincipals(Stream stream, string path)
    {
        if (ParameterSetName != ByObject && Type is null)
        {
            Client.Principals.WarnOfLeftOut();
        }
        IEnumerable<MailPrincipal> principals = _leftOut.Watch(ParameterSetName == ByObject
            ? _inputPrincipals
            : Pump.Enumerate(token => Client.Principals.ListAsync(new PrincipalQuery { Types = Type ?? [], Filter = Text, InOneRequest = true }, null, token)))
            .Select(PrincipalFileWriter.ThrowIfUnknown);
        if (path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            return PrincipalFileWriter.WriteJson(stream, principals);
        }
        var formulas = new FormulaCells(ProtectFormula);
        Encoding encoding = Encoding ?? FileEncoding.Utf8;
        try
        {
            int count = PrincipalFileWriter.WriteCsv(stream, principals, Delimiter, encoding, formulas);
            TellOfFormulas(formulas, path);
            return count;
        }
        catch (EncoderFallbackException e)
        {
            throw new ArgumentException($"{encoding.WebName} cannot write {NameText.Describe(GetCodePoint(e))}, which a principal has. Specify -Encoding utf8BOM, which Excel reads too.", e);
        }
    }

    private static int GetCodePoint(EncoderFallbackException e) =>
        e.CharUnknown != '\0' ? e.CharUnknown : char.ConvertToUtf32(e.CharUnknownHigh, e.CharUnknownLow);

    private void TellOfFormulas(FormulaCells formulas, string path)
    {
        if (formulas.Count > 0 && ProtectFormula)
        {
            WriteVerbose($"{formulas.Count} cells of {path} got an apostrophe, so that a spreadsheet does not run them. Import-MailPrincipal takes it back.");
        }
        else if (formulas.Count > 0)
        {
            WriteWarning($"{formulas.Count} cells of {path} begin like a formula. Before you open the file in a spreadsheet, export it with -ProtectFormula.");
        }
    }

    private void ThrowIfEncodingOfJson(string path)
    {
        if (path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && ((Encoding is not null && Encoding.CodePage != FileEncoding.Utf8.CodePage) || ProtectFormula))
        {
            throw new ArgumentException("A JSON file is always UTF-8 and has no formulas. Omit -Encoding and -ProtectFormula.");
        }
    }
}
