// PowerShell makes one word of several: -Class Spam,Ham would quietly be Ham, -Scope Blob,Data something third.
using System.Collections;
using System.Management.Automation;

namespace MailAdmin.PowerShell.Binding;

/// <summary>Refuses several words where one is chosen.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SingleValueAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        inputData.Unwrap() switch
        {
            IList { Count: > 1 } several => throw CreateException(string.Join(", ", several.Cast<object?>())),
            string text when text.Contains(',', StringComparison.Ordinal) => throw CreateException(text),
            _ => inputData,
        };

    private static ArgumentTransformationMetadataException CreateException(string given) => new($"'{given}' is more than one: give one, and run the command once for each.");
}
