using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Delivery;

/// <summary>An address or a domain to which a delivery is tested.</summary>
public sealed class DeliveryTarget : ServerIdentity
{
    // Not public: PowerShell would create a target from anything that converts to text.
    internal DeliveryTarget(string? addressOrDomain)
    {
        if (string.IsNullOrWhiteSpace(addressOrDomain))
        {
            throw new ArgumentException("The address or domain is empty.");
        }
        AddressOrDomain = addressOrDomain.Trim();
    }

    /// <summary>The address or the domain, as given.</summary>
    public string AddressOrDomain { get; }

    /// <inheritdoc/>
    public override string ToString() => AddressOrDomain;
}

/// <summary>Creates targets from texts, recipients of queued messages, accounts and domains.</summary>
internal sealed class DeliveryTargetArgumentAttribute : IdentityArgumentAttribute<DeliveryTarget>
{
    private protected override DeliveryTarget? CreateIdentity(object value) => value switch
    {
        string text => new DeliveryTarget(text),
        MailQueueRecipient recipient => new DeliveryTarget(recipient.Address),
        MailPrincipal { Type: var type } principal when type == PrincipalType.Domain => new DeliveryTarget(principal.Name),
        MailPrincipal { PrimaryEmail: { Length: > 0 } address } => new DeliveryTarget(address),
        MailPrincipal { Email: null } principal => throw new ArgumentException($"'{principal}' was read without its addresses. Read it again with -Property Email."),
        MailPrincipal principal => throw new ArgumentException($"'{principal}' has no address to which mail could be delivered."),
        PSObject row => FromRow(row),
        _ => null,
    };

    // What went through JSON, CSV, Clixml or Select-Object: an account or a domain has its primary address, a recipient its address.
    private static DeliveryTarget? FromRow(PSObject row)
    {
        if (row.Properties[nameof(MailPrincipal.PrimaryEmail)] is { } primary && row.Properties[nameof(MailPrincipal.Type)] is { } type)
        {
            bool isDomain = string.Equals(type.Value?.ToString(), PrincipalType.Domain.Name, StringComparison.OrdinalIgnoreCase);
            return new DeliveryTarget((isDomain ? row.Properties[nameof(MailPrincipal.Name)]?.Value : primary.Value)?.ToString());
        }
        return row.Properties[nameof(MailQueueRecipient.Address)] is { } address ? new DeliveryTarget(address.Value?.ToString()) : null;
    }
}
