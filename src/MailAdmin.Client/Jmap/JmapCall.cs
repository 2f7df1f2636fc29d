using System.Globalization;
using System.Text.Json;
using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Jmap;

/// <summary>A call of one method, and its answer once its request was sent. It is sent once.</summary>
/// <param name="method">The method, such as <c>x:Account/get</c>.</param>
internal abstract class JmapCall(string method)
{
    public string Method { get; } = method;

    /// <summary>The account acted for, where it is not the caller's own.</summary>
    public string? AccountId { get; init; }

    /// <summary>What tells it from the other calls of its request.</summary>
    public string Id { get; private set; } = "";

    /// <summary>Whether it changes the server.</summary>
    public virtual bool ChangesServer => false;

    /// <summary>The former call whose answer it uses; both go in one request.</summary>
    public virtual JmapCall? Source => null;

    /// <summary>The permissions that it takes; none where that is not known.</summary>
    public virtual IReadOnlyList<string> NeededPermissions => KnownPermissions.FindNeeded(Method);

    /// <summary>Why it has no result; null where it has one, or was not sent.</summary>
    public abstract MailServerException? Error { get; }

    /// <summary>Gives it a place among the calls that are sent together.</summary>
    public void SetPlace(int place) => Id = place.ToString(CultureInfo.InvariantCulture);

    /// <summary>Writes the call as a request has it: method, arguments, id.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(Method);
        writer.WriteStartObject();
        if (AccountId is not null)
        {
            JmapId.ThrowIfInvalid(AccountId, Method);
            writer.WriteString("accountId", AccountId);
        }
        WriteArguments(writer);
        writer.WriteEndObject();
        writer.WriteStringValue(Id);
        writer.WriteEndArray();
    }

    /// <summary>Takes the arguments of the answer. What it throws says that they are of another form than the server's.</summary>
    public abstract void ReadAnswer(JsonElement arguments, ApiRequestContext context);

    /// <summary>Takes the error that the method answered. Where that says no more than that its source has failed, the error of the source is why.</summary>
    public void ReadError(JsonElement arguments, IReadOnlyList<string> needed, KnownPermissions permissions, ApiRequestContext context)
    {
        MailServerException error = JmapErrors.ReadMethodError(arguments, this, needed, permissions, context);
        Fail(error.ServerCode == JmapErrors.InvalidReference && Source?.Error is { } cause ? cause : error);
    }

    /// <summary>Takes the error that stands for its answer.</summary>
    public abstract void Fail(MailServerException error);

    protected abstract void WriteArguments(Utf8JsonWriter writer);
}

/// <summary>A call with a result.</summary>
/// <typeparam name="T">The result.</typeparam>
/// <param name="method">The method.</param>
internal abstract class JmapCall<T>(string method) : JmapCall(method)
    where T : class
{
    private T? _result;
    private MailServerException? _error;

    /// <summary>What the method answered.</summary>
    /// <exception cref="MailServerException">It answered with an error.</exception>
    public T Result => _error is null ? _result ?? throw new InvalidOperationException($"{Method} was not sent.") : throw _error;

    public sealed override MailServerException? Error => _error;

    public sealed override void ReadAnswer(JsonElement arguments, ApiRequestContext context) => _result = Read(arguments, context);

    public sealed override void Fail(MailServerException error) => (_result, _error) = Resolve(error);

    protected abstract T Read(JsonElement arguments, ApiRequestContext context);

    /// <summary>What an error means for the result: by default, that there is none.</summary>
    protected virtual (T? Result, MailServerException? Error) Resolve(MailServerException error) => (null, error);
}
