using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Api.Lists;

/// <summary>
/// Reads <c>{"data":{"items":[…],"total":N}}</c> as it arrives: each item as soon as it is complete. It can be fed in pieces, and reports how much
/// of a piece is consumed.
/// </summary>
/// <param name="read">Reads one complete item.</param>
internal class ListParser<T>(DataReader<T> read)
{
    private enum Position
    {
        Start,
        Root,
        RootValue,
        Data,
        DataValue,
        Items,
        End,
    }

    private JsonReaderState _state;
    private Position _position = Position.Start;
    private string _member = "";
    private bool _hasItems;

    /// <summary>The server's total, once it has been read.</summary>
    public long? Total { get; private set; }

    /// <summary>The members of an error, where the answer is one.</summary>
    public ServerFault Fault { get; } = new();

    /// <summary>Whether the whole answer was read and is a list.</summary>
    public bool IsComplete => _position == Position.End && _hasItems;

    /// <summary>Whether anything of an object was read.</summary>
    public bool HasStarted => _position != Position.Start;

    /// <summary>Reads on, as far as values are complete.</summary>
    /// <param name="bytes">What was left over before, and what arrived since.</param>
    /// <param name="isLast">Whether nothing follows.</param>
    /// <param name="into">Takes the items.</param>
    /// <returns>How many bytes are consumed; the rest must be passed again.</returns>
    public int Feed(ReadOnlySpan<byte> bytes, bool isLast, List<T> into)
    {
        var reader = new Utf8JsonReader(bytes, isLast, _state);
        // A step that finds its value incomplete leaves the reader before that value.
        while (Step(ref reader, into))
        {
        }
        _state = reader.CurrentState;
        return (int)reader.BytesConsumed;
    }

    private bool Step(ref Utf8JsonReader reader, List<T> into)
    {
        Utf8JsonReader ahead = reader;
        if (!ahead.Read() || !Advance(ref ahead, into))
        {
            return false;
        }
        reader = ahead;
        return true;
    }

    // False: the value is not complete yet, and nothing has changed.
    private bool Advance(ref Utf8JsonReader reader, List<T> into)
    {
        switch (_position)
        {
            case Position.Start:
                _position = Expect(reader.TokenType == JsonTokenType.StartObject, Position.Root);
                return true;
            case Position.Root:
                ReadName(ref reader, Position.RootValue, Position.End);
                return true;
            case Position.RootValue:
                return ReadRootValue(ref reader);
            case Position.Data:
                ReadName(ref reader, Position.DataValue, Position.Root);
                return true;
            case Position.DataValue:
                return ReadDataValue(ref reader);
            case Position.Items:
                return ReadItem(ref reader, into);
            default:
                throw new JsonException("Something follows the answer.");
        }
    }

    private void ReadName(ref Utf8JsonReader reader, Position value, Position end)
    {
        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            _member = reader.GetString()!;
            _position = value;
            return;
        }
        _position = end;
    }

    private bool ReadRootValue(ref Utf8JsonReader reader)
    {
        if (_member == "data")
        {
            // Two would be twice the items.
            _position = Expect(reader.TokenType == JsonTokenType.StartObject && !_hasItems, Position.Data);
            return true;
        }
        if (!IsValueComplete(ref reader))
        {
            return false;
        }
        Fault.ReadMember(_member, ref reader);
        _position = Position.Root;
        return true;
    }

    private bool ReadDataValue(ref Utf8JsonReader reader)
    {
        if (_member == "items")
        {
            // A second list would double the rows.
            _position = Expect(reader.TokenType == JsonTokenType.StartArray && !_hasItems, Position.Items);
            _hasItems = true;
            return true;
        }
        if (!IsValueComplete(ref reader))
        {
            return false;
        }
        if (_member == "total" && reader.TokenType == JsonTokenType.Number)
        {
            Total = reader.GetInt64();
        }
        else
        {
            // A reader of a part may not Skip, even over a complete value.
            reader.TrySkip();
        }
        _position = Position.Data;
        return true;
    }

    private bool ReadItem(ref Utf8JsonReader reader, List<T> into)
    {
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            _position = Position.Data;
            return true;
        }
        if (!TryReadValue(ref reader, out T? item))
        {
            return false;
        }
        into.Add(item);
        return true;
    }

    /// <summary>Reads the item that the reader stands on; false where its end has not arrived.</summary>
    private protected virtual bool TryReadValue(ref Utf8JsonReader reader, [MaybeNullWhen(false)] out T item)
    {
        bool isComplete = IsValueComplete(ref reader);
        item = isComplete ? read(ref reader) : default;
        return isComplete;
    }

    private static bool IsValueComplete(ref Utf8JsonReader reader)
    {
        Utf8JsonReader ahead = reader;
        return ahead.TrySkip();
    }

    private static Position Expect(bool asExpected, Position next) => asExpected ? next : throw new JsonException("The response is not a list.");
}
