// PowerShell makes one enum value of several: -Class Spam,Ham would silently mean Ham, -Scope Blob,Data a third value.
using System.Collections;
using System.Management.Automation;

namespace MailAdmin.PowerShell.Binding;

/// <summary>Rejects list values where one is expected.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SingleValueAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        inputData.Unwrap() switch
        {
            IList { Count: > 1 } list => throw CreateException(string.Join(", ", list.Cast<object?>())),
            string text when text.Contains(',', StringComparison.Ordinal) => throw CreateException(text),
            _ => inputData,
        };

    private static ArgumentTransformationMetadataException CreateException(string values) => new($"'{values}' is more than one value. Specify one, and run the command once for each.");
}
