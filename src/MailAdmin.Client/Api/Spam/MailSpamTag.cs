using System.Globalization;

namespace MailAdmin.Client;

/// <summary>One thing that the spam filter noticed about a message.</summary>
public sealed class MailSpamTag
{
    /// <summary>One of these values.</summary>
    public MailSpamTag(string name, double score, string action) =>
        (Name, Score, Action) = (name, score, action);

    /// <summary>The tag, such as <c>RCVD_COUNT_ZERO</c>.</summary>
    public string Name { get; }
    /// <summary>What it adds to the score; 0 for a tag that decides by itself.</summary>
    public double Score { get; }
    /// <summary><c>Allow</c> for a tag that only scores; <c>Unspecified</c> where the server does not tell whether it has no score or refuses, from 0.16 on.</summary>
    public string Action { get; }

    /// <inheritdoc/>
    public override string ToString() => Action == SpamAction.Allow
        ? string.Create(CultureInfo.InvariantCulture, $"{Name} ({Score:0.00})")
        : Action == SpamAction.Unspecified ? Name
        : $"{Name} ({Action})";
}
