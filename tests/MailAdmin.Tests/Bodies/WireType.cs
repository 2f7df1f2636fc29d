using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MailAdmin.Tests.Bodies;

/// <summary>
/// A type of JSON by a short notation: <c>{ a: text, b?: number | null, c: text[] }</c>. <c>?</c> is a member that may be absent, <c>[+]</c> an array that must
/// not be empty, <c>[text, text]</c> a pair, <c>'word'</c> a word, <c>{! … }</c> an object in which an unknown member is refused.
/// </summary>
internal abstract partial record WireType
{
    private static readonly Dictionary<string, Func<JsonElement, bool>> s_scalars = new()
    {
        ["any"] = _ => true,
        ["null"] = value => value.ValueKind == JsonValueKind.Null,
        ["text"] = value => value.ValueKind == JsonValueKind.String,
        ["text512"] = value => value.ValueKind == JsonValueKind.String && Encoding.UTF8.GetByteCount(value.GetString()!) <= 512,
        ["bool"] = value => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        ["number"] = value => value.ValueKind == JsonValueKind.Number && ulong.TryParse(value.GetRawText(), NumberStyles.None, CultureInfo.InvariantCulture, out _),
        ["ip"] = value => value.ValueKind == JsonValueKind.String && IsAddress(value.GetString()!),
        ["time"] = value => value.ValueKind == JsonValueKind.String && TimePattern().IsMatch(value.GetString()!),
        ["hash"] = value => value.ValueKind == JsonValueKind.String && HashPattern().IsMatch(value.GetString()!),
    };

    /// <summary>Reads the notation.</summary>
    public static WireType Parse(string notation)
    {
        var tokens = new Queue<string>(TokenPattern().Matches(notation).Select(match => match.Value));
        WireType type = ParseUnion(tokens);
        return tokens.Count == 0 ? type : throw new FormatException($"'{tokens.Peek()}' is too much in {notation}");
    }

    /// <summary>Whether a value is of this type.</summary>
    /// <param name="value">The value.</param>
    /// <param name="isSender">Whether unknown members count too: a server may read over them, but who sends them is mistaken.</param>
    public abstract bool Fits(JsonElement value, bool isSender = false);

    /// <summary>Every word that may stand at a place where only words may.</summary>
    public virtual IEnumerable<string> Words => [];

    private static WireType ParseUnion(Queue<string> tokens)
    {
        var types = new List<WireType> { ParseArray(tokens) };
        while (tokens.TryPeek(out string? next) && next == "|")
        {
            tokens.Dequeue();
            types.Add(ParseArray(tokens));
        }
        return types.Count == 1 ? types[0] : new Union(types);
    }

    private static WireType ParseArray(Queue<string> tokens)
    {
        WireType type = ParseOne(tokens);
        while (tokens.TryPeek(out string? next) && next is "[]" or "[+]")
        {
            type = new List(type, tokens.Dequeue() == "[+]" ? 1 : 0);
        }
        return type;
    }

    private static WireType ParseOne(Queue<string> tokens)
    {
        string token = tokens.Dequeue();
        switch (token)
        {
            case "(":
                WireType inner = ParseUnion(tokens);
                Expect(tokens, ")");
                return inner;
            case "[":
                var items = new List<WireType> { ParseUnion(tokens) };
                while (tokens.Peek() == ",")
                {
                    tokens.Dequeue();
                    items.Add(ParseUnion(tokens));
                }
                Expect(tokens, "]");
                return new Tuple(items);
            case "{" or "{!":
                return ParseObject(tokens, token == "{!");
            case ['\'', .. var word, '\'']:
                return new Word(word);
            default:
                return s_scalars.ContainsKey(token) ? new Scalar(token) : throw new FormatException($"'{token}' is no type");
        }
    }

    private static Object ParseObject(Queue<string> tokens, bool isClosed)
    {
        var members = new List<Member>();
        while (tokens.Peek() != "}")
        {
            string name = tokens.Dequeue();
            bool isOptional = tokens.Peek() == "?";
            if (isOptional)
            {
                tokens.Dequeue();
            }
            Expect(tokens, ":");
            members.Add(new Member(name, ParseUnion(tokens), isOptional));
            if (tokens.Peek() == ",")
            {
                tokens.Dequeue();
            }
        }
        tokens.Dequeue();
        return new Object(members, isClosed);
    }

    private static void Expect(Queue<string> tokens, string token) => tokens.Dequeue().ShouldBe(token);

    private static bool IsAddress(string text) => AddressPattern().IsMatch(text) && IPAddress.TryParse(text, out _);

    [GeneratedRegex(@"'[^']*'|\{!|\[\]|\[\+\]|[\w]+|[{}\[\](),:?|]", RegexOptions.CultureInvariant)]
    private static partial Regex TokenPattern();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)\z", RegexOptions.ECMAScript)]
    private static partial Regex TimePattern();

    [GeneratedRegex(@"^([\w-]{4})*([\w-]{2,3})?\z", RegexOptions.ECMAScript)]
    private static partial Regex HashPattern();

    [GeneratedRegex(@"^((0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*)\z", RegexOptions.ECMAScript)]
    private static partial Regex AddressPattern();

    private sealed record Scalar(string Name) : WireType
    {
        public override bool Fits(JsonElement value, bool isSender) => s_scalars[Name](value);
    }

    private sealed record Word(string Text) : WireType
    {
        public override IEnumerable<string> Words => [Text];

        public override bool Fits(JsonElement value, bool isSender) => value.ValueKind == JsonValueKind.String && value.GetString() == Text;
    }

    private sealed record Union(IReadOnlyList<WireType> Types) : WireType
    {
        public override IEnumerable<string> Words => Types.SelectMany(type => type.Words);

        public override bool Fits(JsonElement value, bool isSender) => Types.Any(type => type.Fits(value, isSender));
    }

    private sealed record List(WireType Item, int Fewest) : WireType
    {
        public override IEnumerable<string> Words => Item.Words;

        public override bool Fits(JsonElement value, bool isSender) =>
            value.ValueKind == JsonValueKind.Array && value.GetArrayLength() >= Fewest && value.EnumerateArray().All(item => Item.Fits(item, isSender));
    }

    private sealed record Tuple(IReadOnlyList<WireType> Items) : WireType
    {
        public override bool Fits(JsonElement value, bool isSender) =>
            value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == Items.Count && Items.Zip(value.EnumerateArray()).All(pair => pair.First.Fits(pair.Second, isSender));
    }

    private sealed record Object(IReadOnlyList<Member> Members, bool IsClosed) : WireType
    {
        public override IEnumerable<string> Words => Members.SelectMany(member => member.Type.Words);

        public override bool Fits(JsonElement value, bool isSender) => value.ValueKind == JsonValueKind.Object
            && Members.All(member => value.TryGetProperty(member.Name, out JsonElement found) ? member.Type.Fits(found, isSender) : member.IsOptional)
            && (!(IsClosed || isSender) || value.EnumerateObject().All(found => Members.Any(member => member.Name == found.Name)));
    }

    private sealed record Member(string Name, WireType Type, bool IsOptional);
}
