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
        MailPrincipal principal => throw new ArgumentException($"'{principal}' has no address to which mail could be delivered."),
        _ => null,
    };
}
