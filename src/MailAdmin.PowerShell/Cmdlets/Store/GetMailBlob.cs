using System.Management.Automation;
using System.Text;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Files;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Store;

/// <summary>Fetches blobs, such as stored messages, as bytes, as text or into files (GET /store/blobs/{hash}; from 0.16 on GET /jmap/download/{account}/{blob}/{name}). With -OutFile they are written to disk as they arrive; a file appears only when it is complete.</summary>
[Cmdlet(VerbsCommon.Get, "MailBlob", DefaultParameterSetName = AsBytes,
    HelpUri = HelpPages.Folder + "Get-MailBlob.md")]
[OutputType(typeof(byte[]), ParameterSetName = [AsBytes])]
[OutputType(typeof(string), ParameterSetName = [ToText])]
[OutputType(typeof(FileInfo), ParameterSetName = [ToFile])]
public sealed class GetMailBlob : WindowedCmdlet
{
    private const string AsBytes = "Bytes";
    private const string ToText = "Text";
    private const string ToFile = "File";

    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly HashSet<string> _targetPaths = new(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    /// <summary>The id of the blob, as in queue messages and deleted items.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Hash")]
    [BlobIdArgument]
    [ValidateNotNullOrEmpty]
    public BlobIdentity[]? BlobId { get; set; }

    /// <summary>The file to write, one for each blob: <c>{ "$($_.Id).eml" }</c>.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ToFile)]
    [ValidateNotNullOrEmpty]
    public string? OutFile { get; set; }

    /// <summary>Return text: UTF-8, or Latin-1 if the bytes are not UTF-8.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ToText)]
    public SwitchParameter AsText { get; set; }

    /// <summary>The first byte to fetch, counted from 0, such as 64KB. Beyond the end there is nothing, which is no error.</summary>
    [Parameter]
    [ByteSizeArgument]
    [ValidateNotNull]
    public long? Offset { get; set; }

    /// <summary>How many bytes to fetch at most, from 1 on, such as 300 or 64KB. Default: all.</summary>
    [Parameter]
    [ByteSizeArgument]
    [ValidateNotNull]
    [ValidateRange(1, long.MaxValue)]
    public long? Limit { get; set; }

    /// <summary>Overwrite files that exist. A file is replaced when its content is complete.</summary>
    [Parameter(ParameterSetName = ToFile)]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override string? OneServerReason => OutFile is null && !Force ? null : "One file is for a blob of one server.";

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (BlobIdentity blob in BlobId!)
        {
            if (ParameterSetName == ToFile)
            {
                StartSave(blob);
            }
            else
            {
                Start(blob.Id, token => FetchAsync(blob, token), bytes => WriteObject(AsText ? Decode(bytes) : bytes, enumerateCollection: false));
            }
        }
    }

    private void StartSave(BlobIdentity blob)
    {
        string path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(OutFile!);
        if (!_targetPaths.Add(path))
        {
            WriteItemError(new ArgumentException($"The file '{path}' is already the target of another blob. Specify a file for each, such as -OutFile {{ \"$($_.Id).eml\" }}."), blob.Id);
            return;
        }
        if (Directory.Exists(path))
        {
            WriteItemError(new ArgumentException($"'{path}' is a folder. Specify a file in it."), blob.Id);
            return;
        }
        Start(blob.Id, token => SaveAsync(blob, path, token), () => WriteFileInfo(path));
    }

    private async Task SaveAsync(BlobIdentity blob, string path, CancellationToken cancellationToken)
    {
        using var file = new AtomicFile(path, Force);
        await WithNotFoundMessageAsync(blob, Client.Store.CopyBlobAsync(blob.Id, Offset, Limit, file.Stream, cancellationToken)).ConfigureAwait(false);
        file.Commit();
    }

    private Task<byte[]> FetchAsync(BlobIdentity blob, CancellationToken cancellationToken) =>
        WithNotFoundMessageAsync(blob, Client.Store.GetBlobAsync(blob.Id, Offset, Limit, cancellationToken));

    private static Task<T> WithNotFoundMessageAsync<T>(BlobIdentity blob, Task<T> work) =>
        work.WithNotFoundMessageAsync($"There is no blob '{blob}'. It is deleted with the last message that refers to it.", blob.Id);

    private static string Decode(byte[] bytes)
    {
        try
        {
            return s_strictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }
}
