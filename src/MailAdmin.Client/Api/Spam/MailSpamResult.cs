namespace MailAdmin.Client;

/// <summary>What the spam filter makes of a message (POST /spam-filter/classify; from 0.16 on an action).</summary>
public sealed class MailSpamResult : ServerObject
{
    /// <summary>The file that the message came from; null where it was no file.</summary>
    public string? Path { get; internal set; }
    /// <summary>Its place in the file, counted from 1; null where the file is one message.</summary>
    public int? Number { get; internal set; }
    /// <summary>Where the message came from: the name of the file, with the position in an mbox, such as <c>Junk.mbox#3</c>; <c>(message)</c> where it was no file.</summary>
    public string Source => Path is null ? "(message)" : $"{System.IO.Path.GetFileName(Path)}{(Number is { } number ? $"#{number}" : "")}";
    /// <summary>The score: the higher, the more like spam.</summary>
    public double Score { get; init; }
    /// <summary>What the filter does with such a message.</summary>
    public string Disposition { get; init; } = SpamAction.Allow;
    /// <summary>Whether the filter takes it for spam, from 0.16 on; null where it does not let the message through, and before.</summary>
    public bool? IsSpam { get; init; }
    /// <summary>What it noticed: first what decides by itself, then by weight.</summary>
    public ItemList<MailSpamTag> Tag { get; init; } = ItemList<MailSpamTag>.Empty;
    /// <summary>The header lines that it would add; null where it does not let the message through, and from 0.16 on.</summary>
    public string? Headers { get; init; }
    /// <summary>The address that the message was taken to come from.</summary>
    public string? RemoteIp { get; internal set; }
    /// <summary>The sender of the envelope that it was tested with; empty for a bounce.</summary>
    public string From { get; internal set; } = "";
    /// <summary>The sender of the envelope, by the name of the SMTP command.</summary>
    public string MailFrom => From;
    /// <summary>The recipients that it was tested with.</summary>
    public StringList To { get; internal set; } = StringList.Empty;
    /// <summary>Members of the answer this version does not know.</summary>
    public NamedValues AdditionalData { get; init; } = NamedValues.Empty;

    /// <inheritdoc/>
    public override string ToString() => $"{Source}: {Disposition}";
}
