using System.Globalization;

namespace MailAdmin.Client;

/// <summary>An MX record, or several of one preference.</summary>
/// <param name="Preference">The lower, the sooner it is tried.</param>
/// <param name="Exchange">The hosts, without the final dot.</param>
public sealed record MailExchanger(int Preference, StringList Exchange)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Preference} {string.Join(", ", Exchange)}");
}
