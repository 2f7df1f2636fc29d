namespace MailAdmin.Client.Api.Principals;

/// <summary>What a principal shows of the changes of a PATCH.</summary>
/// <param name="InForce">The fields that have their new value.</param>
/// <param name="Missing">Those that do not.</param>
/// <param name="Hidden">Those that nobody can see, such as the removal of passwords.</param>
internal sealed record PatchState(IReadOnlyList<string> InForce, IReadOnlyList<string> Missing, IReadOnlyList<string> Hidden)
{
    /// <summary>Whether all of it is in force.</summary>
    public bool IsApplied => Missing.Count == 0 && Hidden.Count == 0;

    /// <summary>Whether nothing of it is, as far as it shows.</summary>
    public bool IsUntouched => InForce.Count == 0 && Missing.Count > 0;

    /// <summary>The fields, without values, which may be secrets.</summary>
    public override string ToString() => "At the last look: " + string.Join("; ", new[]
    {
        Describe("as wanted", InForce),
        Describe("not as wanted", Missing),
        Describe("not visible", Hidden),
    }.OfType<string>()) + ".";

    private static string? Describe(string state, IReadOnlyList<string> fields) => fields.Count == 0 ? null : $"{state}: {string.Join(", ", fields)}";
}
