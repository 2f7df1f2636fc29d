using System.Globalization;

namespace MailAdmin.Client;

/// <summary>One thing that the spam filter noticed about a message.</summary>
/// <param name="Name">The tag, such as <c>RCVD_COUNT_ZERO</c>.</param>
/// <param name="Score">What it adds to the score; 0 for a tag that decides by itself.</param>
/// <param name="Action"><c>Allow</c> for a tag that only scores.</param>
public sealed record MailSpamTag(string Name, double Score, SpamAction Action)
{
    /// <inheritdoc/>
    public override string ToString() => Action == SpamAction.Allow
        ? string.Create(CultureInfo.InvariantCulture, $"{Name} ({Score:0.00})")
        : $"{Name} ({Action})";
}
