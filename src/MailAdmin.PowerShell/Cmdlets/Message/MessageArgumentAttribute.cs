using System.Collections;
using System.Management.Automation;
using System.Text;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Message;

/// <summary>Converts a message to bytes: text, or the lines that Get-Content reads from a file, becomes UTF-8 with CRLF line ends; bytes stay as they are.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MessageArgumentAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => inputData.Unwrap() switch
    {
        null => null,
        byte[] bytes => bytes,
        string text => FromText(text),
        IEnumerable items => FromItems([.. items.Cast<object?>().Select(item => item.Unwrap())]),
        var other => throw new ArgumentTransformationMetadataException(
            $"A message is text or bytes, not {other.GetType().Name}. Specify a file with -Path, or use Get-Content -Raw."),
    };

    private static byte[] FromItems(object?[] items)
    {
        if (items.All(item => item is byte))
        {
            return [.. items.Cast<byte>()];
        }
        return items.All(item => item is string)
            ? FromText(string.Join('\n', items) + "\n")
            : throw new ArgumentTransformationMetadataException("A message is text or bytes. Specify a file with -Path, or use Get-Content -Raw.");
    }

    private static byte[] FromText(string text) => Encoding.UTF8.GetBytes(
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\n", "\r\n", StringComparison.Ordinal));
}
