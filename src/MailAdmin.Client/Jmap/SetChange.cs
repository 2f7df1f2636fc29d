using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Jmap;

/// <summary>What is to be done to one object.</summary>
internal sealed class SetChange
{
    // Quotation marks, a colon and a comma.
    private const int KeyFrameBytes = 4;

    // What a letter of a key takes at most, escaped.
    private const int MaxBytesOfLetter = 6;

    private readonly byte[] _value;

    private SetChange(SetKind kind, string key, Action<Utf8JsonWriter>? write) => (Kind, Key, _value) = (kind, key, Serialize(write));

    public SetKind Kind { get; }

    /// <summary>The object's id; of a new one, the creation id that tells it from the others of the same set.</summary>
    public string Key { get; }

    /// <summary>How large it is in a request, at most.</summary>
    public int MaxBytes => (Key.Length * MaxBytesOfLetter) + KeyFrameBytes + _value.Length;

    /// <summary>A new object.</summary>
    /// <param name="creationId">Names it within the request: <c>#</c> and this stand for its id.</param>
    /// <param name="write">Writes its members.</param>
    public static SetChange Create(string creationId, Action<Utf8JsonWriter> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(creationId);
        return new SetChange(SetKind.Create, creationId, write);
    }

    /// <summary>A change of an object.</summary>
    /// <param name="id">The object.</param>
    /// <param name="write">Writes paths and values: what is not written stays as it is.</param>
    public static SetChange Update(string id, Action<Utf8JsonWriter> write) => new(SetKind.Update, id, write);

    /// <summary>The end of an object.</summary>
    /// <param name="id">The object.</param>
    public static SetChange Destroy(string id) => new(SetKind.Destroy, id, null);

    /// <summary>Writes the new object or the patch.</summary>
    public void WriteValue(Utf8JsonWriter writer) => writer.WriteRawValue(_value, skipInputValidation: true);

    /// <summary>The new object or the patch.</summary>
    public JsonObject ReadValue() => JsonNode.Parse(_value)!.AsObject();

    private static byte[] Serialize(Action<Utf8JsonWriter>? write)
    {
        if (write is null)
        {
            return [];
        }
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, MessageJson.Options))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}

/// <summary>What a set does to an object, in the order in which the server does it.</summary>
internal enum SetKind
{
    /// <summary>Makes it.</summary>
    Create,

    /// <summary>Changes it.</summary>
    Update,

    /// <summary>Removes it.</summary>
    Destroy,
}
