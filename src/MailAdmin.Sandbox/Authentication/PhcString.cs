using System.Globalization;

namespace MailAdmin.Sandbox.Authentication;

/// <summary>A password hash as <c>$name$costs$salt$hash</c>, the format of the Password Hashing Competition.</summary>
internal sealed class PhcString
{
    private readonly Dictionary<string, int> _costs;

    private PhcString(string name, Dictionary<string, int> costs, byte[] salt, byte[] expected)
    {
        Name = name;
        _costs = costs;
        Salt = salt;
        Expected = expected;
    }

    public string Name { get; }

    public byte[] Salt { get; }

    public byte[] Expected { get; }

    /// <summary>Throws <see cref="FormatException"/> where the text is of another form.</summary>
    public static PhcString Parse(string text)
    {
        string[] fields = text.Split('$');
        if (fields.Length < 5)
        {
            throw new FormatException("Not a hash in PHC form.");
        }

        var costs = fields[^3].Split(',').Select(cost => cost.Split('=')).ToDictionary(cost => cost[0], cost => int.Parse(cost[^1], CultureInfo.InvariantCulture));
        return new PhcString(fields[1], costs, DecodeUnpadded(fields[^2]), DecodeUnpadded(fields[^1]));
    }

    public int GetCost(string name) => _costs.TryGetValue(name, out int cost) ? cost : throw new FormatException($"The hash has no cost '{name}'.");

    private static byte[] DecodeUnpadded(string base64) => Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='));
}
