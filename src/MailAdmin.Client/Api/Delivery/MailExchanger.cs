using System.Globalization;

namespace MailAdmin.Client;

/// <summary>An MX record, or several of one preference.</summary>
public sealed class MailExchanger
{
    /// <summary>One of these values.</summary>
    public MailExchanger(int preference, StringList exchange) =>
        (Preference, Exchange) = (preference, exchange);

    /// <summary>The lower, the sooner it is tried.</summary>
    public int Preference { get; }
    /// <summary>The hosts, without the final dot.</summary>
    public StringList Exchange { get; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Preference} {string.Join(", ", Exchange)}");
}
