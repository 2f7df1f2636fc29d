using System.Text.Json;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Jmap;

/// <summary>
/// Turns the errors of methods and of single objects into the client's own. What they mean is read from their types and members alone, never from the
/// server's sentences, which are only passed on.
/// </summary>
internal static class JmapErrors
{
    /// <summary>The error of a call whose source has failed.</summary>
    public const string InvalidReference = "invalidResultReference";

    private const string Forbidden = "forbidden";
    private const string Required = "Required";

    /// <summary>The error of a whole method.</summary>
    /// <param name="error">What the server answered.</param>
    /// <param name="call">The call.</param>
    /// <param name="needed">The permissions that it takes, with the calls that use its answer; none where that is not known.</param>
    /// <param name="permissions">What the account may do.</param>
    /// <param name="context">The request.</param>
    public static MailServerException ReadMethodError(JsonElement error, JmapCall call, IReadOnlyList<string> needed, KnownPermissions permissions, ApiRequestContext context)
    {
        string method = call.Method;
        string type = ReadType(error);
        string? description = Redaction.Redact(error.GetText("description"), context);
        (MailErrorCode code, string message) = type switch
        {
            Forbidden => (MailErrorCode.Forbidden, permissions.Explain(method, needed)),
            "accountNotFound" => (MailErrorCode.NotFound, $"The account that {method} was to act for does not exist on the server."),
            "unknownMethod" => (MailErrorCode.Unsupported, $"This version of the server does not have {method}."),
            "unsupportedFilter" => (MailErrorCode.Unsupported, $"The server cannot filter by what was given to {method}{Quote(description)}."),
            "unsupportedSort" => (MailErrorCode.Unsupported, $"The server cannot sort by what was given to {method}{Quote(description)}."),
            "anchorNotFound" => (MailErrorCode.NotFound, "The object after which the list was to go on does not exist on the server any more."),
            "invalidArguments" or "requestTooLarge" or InvalidReference => (MailErrorCode.InvalidRequest, $"The server does not take the arguments of {method} ({type}){Quote(description)}."),
            "stateMismatch" => (MailErrorCode.PreconditionFailed, $"The objects have changed in the meantime; {method} did nothing."),
            "serverFail" or "serverUnavailable" or "serverPartialFail" => (MailErrorCode.ServerError, $"The server failed in {method} ({type}). Its log has the cause."),
            _ => (MailErrorCode.Unknown, $"The server returned an error of {method} that this version of MailAdmin does not know ('{Redaction.Redact(type, context)}'){Quote(description)}."),
        };
        return new MailServerException(code, Operations.CallJmap, message)
        {
            ServerCode = type,
            Details = description,
            Method = method,
            MissingPermissions = type == Forbidden ? permissions.FindMissing(needed) : [],
            MayHaveBeenExecuted = call.ChangesServer && code is MailErrorCode.ServerError or MailErrorCode.Unknown,
        };
    }

    /// <summary>The error of one object of a set.</summary>
    public static MailServerException ReadSetError(JsonElement error, string method, ApiRequestContext context)
    {
        string type = ReadType(error);
        (string? problem, string? path, string? reason) = ReadValidationError(error);
        path ??= ReadPath(error);
        string? description = Redaction.Redact(error.GetText("description") ?? reason, context);
        ObjectReference? conflicting = error.TryGetProperty("objectId", out JsonElement one) ? ReadReference(one) : null;
        IReadOnlyList<ObjectReference> linked = error.TryGetProperty("linkedObjects", out JsonElement links) ? [.. links.EnumerateArray().Select(ReadReference)] : [];
        MailErrorCode code = GetCode(type, problem);
        return new MailServerException(code, Operations.CallJmap, Format(code, Redaction.Redact(type, context), Redaction.Redact(path, context), description, conflicting, linked.Count))
        {
            ServerCode = type,
            Field = Redaction.Redact(GetProperty(path), context),
            Item = type == "invalidForeignKey" ? conflicting?.Id : null,
            Details = description,
            Reason = problem,
            Method = method,
            ConflictingObject = conflicting,
            LinkedObjects = linked,
        };
    }

    private static MailErrorCode GetCode(string type, string? problem) => type switch
    {
        "notFound" or "invalidForeignKey" => MailErrorCode.NotFound,
        "validationFailed" when problem == Required => MailErrorCode.FieldMissing,
        "invalidPatch" or "invalidProperties" or "validationFailed" or "singleton" or "willDestroy" => MailErrorCode.InvalidRequest,
        "primaryKeyViolation" => MailErrorCode.AlreadyExists,
        "objectIsLinked" => MailErrorCode.InUse,
        Forbidden => MailErrorCode.Forbidden,
        "overQuota" => MailErrorCode.QuotaExceeded,
        _ => MailErrorCode.Unknown,
    };

    private static string Format(MailErrorCode code, string type, string? path, string? description, ObjectReference? conflicting, int linked) => code switch
    {
        MailErrorCode.NotFound when conflicting is not null => $"What is referred to ({conflicting}) does not exist on the server, is of another kind, or belongs to another tenant.",
        MailErrorCode.NotFound => "The requested item does not exist on the server.",
        MailErrorCode.FieldMissing => $"The field '{path}' is missing or empty.",
        MailErrorCode.InvalidRequest when path is null => $"The server does not accept the object ({type}){Quote(description)}.",
        MailErrorCode.InvalidRequest => $"The server does not accept the value of '{path}' ({type}){Quote(description)}.",
        MailErrorCode.AlreadyExists when conflicting is not null => $"The value of '{path}' is taken, by {conflicting}.",
        MailErrorCode.AlreadyExists => $"The value of '{path}' is taken.",
        MailErrorCode.InUse => $"It cannot be removed: other objects refer to it ({linked}).",
        MailErrorCode.Forbidden => $"The server does not allow it{Quote(description)}.",
        MailErrorCode.QuotaExceeded => $"A quota is exceeded{Quote(description)}.",
        _ => $"The server returned an error that this version of MailAdmin does not know ('{type}'){Quote(description)}.",
    };

    private static string ReadType(JsonElement error) => error.GetText("type") is { Length: > 0 } type ? type : throw new JsonException("The error has no type.");

    // Of several the first: the server stops at it. An empty one is a property that the type does not have.
    private static string? ReadPath(JsonElement error) =>
        error.TryGetProperty("properties", out JsonElement paths) && paths.ValueKind == JsonValueKind.Array
            ? paths.EnumerateArray().Select(path => path.GetString()).FirstOrDefault(path => !string.IsNullOrEmpty(path))
            : null;

    // Of what is invalid the server says why, or repeats it.
    private static (string? Problem, string? Path, string? Reason) ReadValidationError(JsonElement error) =>
        error.TryGetProperty("validationErrors", out JsonElement errors) && errors.ValueKind == JsonValueKind.Array && errors.GetArrayLength() > 0
            ? (errors[0].GetText("type"), errors[0].GetText("property"), errors[0].GetText("type") == "Invalid" ? errors[0].GetText("value") : null)
            : (null, null, null);

    private static ObjectReference ReadReference(JsonElement reference) =>
        reference.GetText("object") is { } type && reference.GetText("id") is { } id ? new ObjectReference(type, id) : throw new JsonException("A reference has no object.");

    private static string? GetProperty(string? path) => path?.Split('/')[0];

    private static string Quote(string? description) => string.IsNullOrWhiteSpace(description) ? "" : $": {description.Trim().TrimEnd('.')}";
}
