using System.Management.Automation;
using System.Management.Automation.Runspaces;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Errors;

/// <summary>Maps exceptions to ErrorRecords: a stable id, a category, the input, and what to do next.</summary>
internal static class ErrorCatalogue
{
    private const string UnlimitedRequests = "unlimited-requests (from 0.16 on: unlimitedRequests)";

    /// <summary>The record for <paramref name="exception"/>, with the input it concerns.</summary>
    public static ErrorRecord CreateErrorRecord(Exception exception, object? target) => Unwrap(exception) switch
    {
        MailServerException server => CreateErrorRecord(server, target),
        ItemNotFoundException missing => new ErrorRecord(missing, "PathNotFound", ErrorCategory.ObjectNotFound, target),
        ArgumentException argument => new ErrorRecord(WithoutParameterName(argument), "InvalidArgument", ErrorCategory.InvalidArgument, target),
        FormatException format => new ErrorRecord(format, "InvalidFormat", ErrorCategory.InvalidData, target),
        IOException io => new ErrorRecord(io, "FileIOError", ErrorCategory.ReadError, target),
        UnauthorizedAccessException access => new ErrorRecord(access, "FileAccessDenied", ErrorCategory.PermissionDenied, target),
        ObjectDisposedException disposed => NotConnected(target, disposed),
        _ => new ErrorRecord(exception, "UnexpectedError", ErrorCategory.NotSpecified, target),
    };

    // The name is that of a method of ours, which no administrator calls.
    private static ArgumentException WithoutParameterName(ArgumentException exception) =>
        exception.ParamName is { } name && exception.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) is var message && message != exception.Message
            ? new ArgumentException(message, exception)
            : exception;

    /// <summary>
    /// Whether the client or a file threw it. A write can throw too: <c>Select-Object -First</c> ends the pipeline, or a later command of it
    /// failed. Those are not reported here.
    /// </summary>
    public static bool IsClientException(Exception exception)
        => Unwrap(exception) is MailServerException or ArgumentException or FormatException or OperationCanceledException or IOException or ObjectDisposedException
            or UnauthorizedAccessException or ItemNotFoundException;

    /// <summary>Whether every further item would fail in the same way: the sign-in was rejected or has ended.</summary>
    public static bool IsTerminating(Exception exception) => Unwrap(exception) is MailServerException
    {
        Code: MailErrorCode.Unauthorized or MailErrorCode.SessionExpired or MailErrorCode.Banned or MailErrorCode.TotpRequired
            or MailErrorCode.NotStalwart or MailErrorCode.UnsupportedVersion,
    };

    // Where several tasks were awaited at once, a failure comes in an exception around it.
    private static Exception Unwrap(Exception exception) => exception is AggregateException { InnerExceptions: [var only] } ? Unwrap(only) : exception;

    /// <summary>No connection, or a closed one.</summary>
    public static ErrorRecord NotConnected(object? target, Exception? cause = null)
    {
        bool closed = target is MailConnection || cause is not null;
        string[] open = [.. RunspaceConnections.Find(Runspace.DefaultRunspace)?.OpenConnections.Select(connection => connection.Name) ?? []];
        string message = closed ? $"The connection '{InputText.Format(target)}' has been closed."
            : open.Length == 0 ? "There is no connection to a mail server in this runspace."
            : $"There is no default connection in this runspace. Open connections: {string.Join(", ", open)}.";
        string advice = open.Length == 0
            ? "Run Connect-MailServer first, or specify a connection with -Connection. Connect-MailServer -Sandbox connects to a mail server in memory."
            : $"Specify a connection, such as -Connection {QuotedText.Quote(open[0])}, or run Connect-MailServer: without -NoDefault it makes the default connection.";
        var exception = new InvalidOperationException(message, cause);
        return new ErrorRecord(exception, closed ? "ConnectionClosed" : "NotConnected", ErrorCategory.ConnectionError, target)
        {
            ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = advice },
        };
    }

    /// <summary>An object of another server than the one that the command goes to.</summary>
    /// <param name="item">The object.</param>
    /// <param name="server">Its server.</param>
    /// <param name="used">The connection that the command uses.</param>
    /// <param name="own">A connection to the object's server, where one is open.</param>
    public static ErrorRecord ServerMismatch(object? item, string server, MailConnection used, MailConnection? own)
    {
        var exception = new InvalidOperationException($"{(item is null ? "The object" : $"'{InputText.Format(item)}'")} is of the server {server}, and this command goes to {used.Server}. Nothing was sent for it.");
        string there = own is null
            ? $"To work on {server}, connect to it with Connect-MailServer, and specify -Connection."
            : $"To work on {server}, specify -Connection {QuotedText.Quote(own.Name)}.";
        return new ErrorRecord(exception, "ServerMismatch", ErrorCategory.InvalidArgument, item)
        {
            ErrorDetails = new ErrorDetails(exception.Message)
            {
                RecommendedAction = $"{there} If {used.Server} is meant all the same, specify -Connection {QuotedText.Quote(used.Name)}.",
            },
        };
    }

    /// <summary>A piped object of this module that the cmdlet does not take.</summary>
    public static ErrorRecord InputNotBound(string command) => new(
        new ArgumentException($"The piped object is of a kind that {command} does not take. Get-Help {command} -Parameter * shows what it takes from the pipeline."), "InputObjectNotBound", ErrorCategory.InvalidArgument, null);

    /// <summary>-Server on the command line, which is read of piped objects alone.</summary>
    public static ErrorRecord ServerIsNoParameter(string command) => new(
        new ArgumentException($"-Server does not choose the server of {command}: it is read of piped objects. Specify the connection: -Connection name. Get-MailConnection lists them."),
        "ServerNotSupported", ErrorCategory.InvalidArgument, null);

    /// <summary>Several connections where the command is for one.</summary>
    public static ErrorRecord OneServerOnly(string command, string reason) => new(
        new ArgumentException($"{reason} Run {command} once for each connection."), "OneServerOnly", ErrorCategory.InvalidArgument, null);

    /// <summary>A question in a session that cannot prompt.</summary>
    /// <param name="question">The question.</param>
    /// <param name="canForce">Whether the cmdlet has a -Force that skips it.</param>
    /// <param name="cause">What the host said.</param>
    public static ErrorRecord PromptUnavailable(string question, bool canForce, Exception cause) => new(
        new InvalidOperationException($"{question} Cannot prompt in a non-interactive session. To proceed, specify {(canForce ? "-Force or " : "")}-Confirm:$false.", cause),
        "PromptUnavailable", ErrorCategory.InvalidOperation, null);

    /// <summary>No login and password where they are required, in a session that cannot prompt for them.</summary>
    public static ErrorRecord CredentialRequired(string message, object? target) => new(new ArgumentException(message), "CredentialRequired", ErrorCategory.InvalidArgument, target);

    /// <summary>A filter that is blank.</summary>
    public static ErrorRecord EmptyFilter(string parameter, string value) => new(
        new ArgumentException($"-{parameter} is blank, which would match everything. Omit it to get everything."), "EmptyFilter", ErrorCategory.InvalidArgument, value);

    /// <summary>No target was specified.</summary>
    public static ErrorRecord TargetNotSpecified(string message) => new(new ArgumentException(message), "TargetNotSpecified", ErrorCategory.InvalidArgument, null);

    /// <summary>An item that the server does not have, as the cmdlet itself found out.</summary>
    public static ErrorRecord NotFound(string message, object target) => new(new ItemNotFoundException(message), nameof(MailErrorCode.NotFound), ErrorCategory.ObjectNotFound, target);

    /// <summary>A command for many items that was stopped, since the server fails again and again or was away for too long.</summary>
    /// <param name="reason">The last failure.</param>
    /// <param name="progress">What was done and what was not.</param>
    /// <param name="advice">How to go on.</param>
    /// <param name="target">The items that were not sent, or where all of them come from.</param>
    public static ErrorRecord BatchStopped(MailServerException reason, string progress, string advice, object? target) => new(
        new MailServerException(reason.Code, reason.Operation, $"Stopped: {DescribeStop(reason)} {progress}", reason) { Status = reason.Status },
        "BatchStopped", ErrorCategory.OperationStopped, target)
    {
        ErrorDetails = new ErrorDetails($"Stopped: {DescribeStop(reason)} {progress}")
        {
            RecommendedAction = advice,
        },
    };

    /// <summary>The record of a failure that ended the work on many items, with what was done and how to go on.</summary>
    /// <param name="exception">The failure.</param>
    /// <param name="progress">What was done and what was not.</param>
    /// <param name="advice">How to go on.</param>
    /// <param name="target">Where the items come from.</param>
    public static ErrorRecord WithProgress(Exception exception, string progress, string advice, object? target)
    {
        ErrorRecord described = CreateErrorRecord(exception, target);
        return new ErrorRecord(exception, GetErrorId(described), described.CategoryInfo.Category, target)
        {
            ErrorDetails = new ErrorDetails($"{exception.Message} {progress}") { RecommendedAction = advice },
        };
    }

    private static string DescribeStop(MailServerException reason) => reason.Code switch
    {
        MailErrorCode.Unreachable => $"the server went away and did not come back in time. {reason.Message}",
        MailErrorCode.Unauthorized or MailErrorCode.SessionExpired or MailErrorCode.Banned => $"the sign-in has ended. {reason.Message}",
        MailErrorCode.RateLimited => $"calls are refused for too long. {reason.Message}",
        _ => $"the server failed {Batch.MaxFailuresInARow} times in a row. {reason.Message}",
    };

    /// <summary>The id of a record, without the name of the cmdlet that PowerShell adds.</summary>
    public static string GetErrorId(ErrorRecord record) => record.FullyQualifiedErrorId.Split(',')[0];

    /// <summary>The record of a failure, with a message that names the item.</summary>
    /// <param name="exception">The failure, which does not know the item.</param>
    /// <param name="itemName">The item, as people know it.</param>
    /// <param name="target">The item.</param>
    public static ErrorRecord WithItemName(Exception exception, string itemName, object target)
    {
        ErrorRecord described = CreateErrorRecord(exception, target);
        return new ErrorRecord(exception, GetErrorId(described), described.CategoryInfo.Category, target)
        {
            ErrorDetails = new ErrorDetails($"{itemName}: {exception.Message}") { RecommendedAction = described.ErrorDetails?.RecommendedAction },
        };
    }

    private static ErrorRecord CreateErrorRecord(MailServerException exception, object? target)
    {
        (ErrorCategory category, string? advice) = GetAdvice(exception, target);
        return new ErrorRecord(exception, exception.Code.ToString(), category, target)
        {
            ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = OperationAdvice.Find(exception) ?? advice },
        };
    }

    private static string FormatPinAdvice(string? fingerprint, object? target) => fingerprint is null
        ? "Check the address and what is in front of the server."
        : $"Install the issuer's certificate, or connect to the name in the certificate. For a certificate of the server's own, compare the fingerprint on the server: openssl x509 -noout -fingerprint -sha256 -in certificate.pem. If it is the same: Connect-MailServer {(target is Uri address ? $"{address.GetLeftPart(UriPartial.Path).TrimEnd('/')} " : "")}-CertificateThumbprint {fingerprint}";

    private static (ErrorCategory Category, string? Advice) GetAdvice(MailServerException e, object? target) => e.Code switch
    {
        MailErrorCode.FieldMissing => (ErrorCategory.InvalidArgument, $"Specify a value for '{e.Field}'."),
        MailErrorCode.AlreadyExists => (ErrorCategory.ResourceExists, null),
        MailErrorCode.NotFound => (ErrorCategory.ObjectNotFound, null),
        // What the client itself knows not to be there is told in the message.
        MailErrorCode.Unsupported => (ErrorCategory.NotImplemented, e.Status is null ? null : "This needs a Stalwart Enterprise licence, or is switched off on the server."),
        MailErrorCode.PreconditionFailed => (ErrorCategory.ResourceExists, null),
        MailErrorCode.RejectedByServer or MailErrorCode.InvalidRequest or MailErrorCode.RejectedByClient => (ErrorCategory.InvalidArgument, null),
        MailErrorCode.TooManyConcurrentRequests => (ErrorCategory.LimitsExceeded, $"Lower -ThrottleLimit, or give the account the permission {UnlimitedRequests}."),
        MailErrorCode.Unauthorized => (ErrorCategory.AuthenticationError, "Check the key, or whether its account still exists, and connect again."),
        MailErrorCode.TotpRequired => (ErrorCategory.AuthenticationError, "Connect with -TotpCode."),
        MailErrorCode.Forbidden => (ErrorCategory.PermissionDenied, "Get-MailConnection | Select-Object -ExpandProperty Permission lists what the account may do."),
        MailErrorCode.QuotaExceeded => (ErrorCategory.LimitsExceeded, "Raise the quota, or delete something."),
        MailErrorCode.RateLimited => (ErrorCategory.LimitsExceeded, $"Wait a minute, or give the account the permission {UnlimitedRequests}."),
        MailErrorCode.Banned => (ErrorCategory.AuthenticationError, "An administrator removes the ban: Remove-MailObject BlockedIp from 0.16 on; before, Remove-MailSetting server.blocked-ip.<this address>, and a reload."),
        MailErrorCode.ServerError => (ErrorCategory.InvalidResult, "The server's log has details."),
        MailErrorCode.WriteConflict => (ErrorCategory.ResourceBusy, "Nothing was applied. Repeat the change."),
        MailErrorCode.OAuthError => (ErrorCategory.AuthenticationError, "Connect again."),
        MailErrorCode.UnexpectedResponse => (ErrorCategory.ProtocolError, "Check the address with Test-MailConnection, and what a proxy in front of the server does."),
        MailErrorCode.Redirected => (ErrorCategory.ProtocolError, null),
        // The message says what to check: it depends on what went wrong.
        MailErrorCode.Unreachable => (ErrorCategory.ConnectionError, null),
        MailErrorCode.CertificateInvalid => (ErrorCategory.SecurityError, FormatPinAdvice(e.CertificateFingerprint, target)),
        MailErrorCode.TimedOut => (ErrorCategory.OperationTimeout, e.Status is null && e.MayHaveBeenExecuted ? "Try again, or connect with a larger -OperationTimeoutSeconds." : null),
        MailErrorCode.SessionExpired => (ErrorCategory.AuthenticationError, "Run Connect-MailServer again."),
        MailErrorCode.UnsupportedVersion => (ErrorCategory.NotImplemented, "MailAdmin administers Stalwart 0.11 to 0.16."),
        MailErrorCode.NotStalwart => (ErrorCategory.ConnectionError, null),
        MailErrorCode.InUse => (ErrorCategory.ResourceBusy, null),
        MailErrorCode.OutcomeUnknown => (ErrorCategory.InvalidResult, "Check whether it was done before you repeat it."),
        MailErrorCode.NotSent => (ErrorCategory.OperationStopped, "Run the command again for it when the server works again."),
        _ => (ErrorCategory.NotSpecified, null),
    };
}
