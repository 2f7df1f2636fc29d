// Makes identities of ids and reports, and of nothing else.
using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Report;

/// <summary>
/// Turns ids and reports into identities. Anything else is handed back unchanged: as a value it then fails to bind, and binding by the
/// property Id gets its turn.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ReportIdentityArgumentAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? plain = Unwrap(inputData);
        return plain switch
        {
            object[] { Length: > 0 } several when several.All(item => IsIdentity(Unwrap(item))) => several.Select(item => ToIdentity(Unwrap(item)!)).ToArray(),
            not null when IsIdentity(plain) => new[] { ToIdentity(plain) },
            _ => inputData,
        };
    }

    private static bool IsIdentity(object? item) => item is string or MailReport or MailQueueReport or ReportIdentity;

    private static object? Unwrap(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    private static ReportIdentity ToIdentity(object value) => value switch
    {
        ReportIdentity identity => identity,
        MailReport report => new ReportIdentity(report),
        MailQueueReport report => new ReportIdentity(report),
        string text when string.IsNullOrWhiteSpace(text) => throw new ArgumentTransformationMetadataException("An empty id identifies no report."),
        _ => new ReportIdentity(((string)value).Trim()),
    };
}
