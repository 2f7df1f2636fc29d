// Reads {"data":{"items":[…],"total":N}} as it arrives: each item as soon as it is whole, and nothing kept behind.
using System.Text.Json;
using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Api.Lists;

/// <summary>A resumable reader of lists. Feed it what is there; it says how much of it is done with.</summary>
/// <param name="read">Reads one item that is there as a whole.</param>
internal class ListParser<T>(DataReader<T> read)
{
    private enum Place
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
    private Place _place = Place.Start;
    private string _member = "";
    private bool _hasItems;

    /// <summary>The server's total, once it has been read.</summary>
    public long? Total { get; private set; }

    /// <summary>The members of an error, where the answer is one.</summary>
    public ServerFault Fault { get; } = new();

    /// <summary>Whether the whole answer was read and is a list.</summary>
    public bool IsComplete => _place == Place.End && _hasItems;

    /// <summary>Whether anything of an object was read.</summary>
    public bool HasBegun => _place != Place.Start;

    /// <summary>Reads on, as far as values are whole.</summary>
    /// <param name="bytes">What was left over before, and what arrived since.</param>
    /// <param name="isLast">Whether nothing follows.</param>
    /// <param name="into">Takes the items.</param>
    /// <returns>How many bytes are done with; the rest must come again.</returns>
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
        if (!ahead.Read() || !Take(ref ahead, into))
        {
            return false;
        }
        reader = ahead;
        return true;
    }

    // False: the value is not whole yet, and nothing has changed.
    private bool Take(ref Utf8JsonReader reader, List<T> into)
    {
        switch (_place)
        {
            case Place.Start:
                _place = Expect(reader.TokenType == JsonTokenType.StartObject, Place.Root);
                return true;
            case Place.Root:
                TakeName(ref reader, Place.RootValue, Place.End);
                return true;
            case Place.RootValue:
                return TakeRootValue(ref reader);
            case Place.Data:
                TakeName(ref reader, Place.DataValue, Place.Root);
                return true;
            case Place.DataValue:
                return TakeDataValue(ref reader);
            case Place.Items:
                return TakeItem(ref reader, into);
            default:
                throw new JsonException("Something follows the answer.");
        }
    }

    private void TakeName(ref Utf8JsonReader reader, Place value, Place end)
    {
        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            _member = reader.GetString()!;
            _place = value;
            return;
        }
        _place = end;
    }

    private bool TakeRootValue(ref Utf8JsonReader reader)
    {
        if (_member == "data")
        {
            _place = Expect(reader.TokenType == JsonTokenType.StartObject, Place.Data);
            return true;
        }
        if (!IsWhole(ref reader))
        {
            return false;
        }
        Fault.Take(_member, ref reader);
        _place = Place.Root;
        return true;
    }

    private bool TakeDataValue(ref Utf8JsonReader reader)
    {
        if (_member == "items")
        {
            _hasItems = true;
            _place = Expect(reader.TokenType == JsonTokenType.StartArray, Place.Items);
            return true;
        }
        if (!IsWhole(ref reader))
        {
            return false;
        }
        if (_member == "total" && reader.TokenType == JsonTokenType.Number)
        {
            Total = reader.GetInt64();
        }
        else
        {
            // A reader of a part may not Skip, even over a value that is whole.
            reader.TrySkip();
        }
        _place = Place.Data;
        return true;
    }

    private bool TakeItem(ref Utf8JsonReader reader, List<T> into)
    {
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            _place = Place.Data;
            return true;
        }
        if (!IsWhole(ref reader))
        {
            return false;
        }
        into.Add(read(ref reader));
        return true;
    }

    private static bool IsWhole(ref Utf8JsonReader reader)
    {
        Utf8JsonReader ahead = reader;
        return ahead.TrySkip();
    }

    private static Place Expect(bool asExpected, Place next) => asExpected ? next : throw new JsonException("The answer is no list.");
}
