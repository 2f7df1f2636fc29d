// What a delivery can be tested to: an address or a domain, or an object of this module that has one.
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Delivery;

/// <summary>An address or a domain that mail goes to.</summary>
public sealed class DeliveryTarget
{
    // Not public: PowerShell would make a target of anything that converts to text.
    internal DeliveryTarget(string? place)
    {
        if (string.IsNullOrWhiteSpace(place))
        {
            throw new ArgumentException("An empty address or domain takes no mail.");
        }
        AddressOrDomain = place.Trim();
    }

    /// <summary>The address or the domain, as given.</summary>
    public string AddressOrDomain { get; }

    /// <inheritdoc/>
    public override string ToString() => AddressOrDomain;
}

/// <summary>Makes targets of texts, recipients of queued messages, accounts and domains.</summary>
internal sealed class DeliveryTargetArgumentAttribute : IdentityArgumentAttribute<DeliveryTarget>
{
    private protected override DeliveryTarget? CreateIdentity(object value) => value switch
    {
        string place => new DeliveryTarget(place),
        MailQueueRecipient recipient => new DeliveryTarget(recipient.Address),
        MailPrincipal { Type: var type } principal when type == PrincipalType.Domain => new DeliveryTarget(principal.Name),
        MailPrincipal { PrimaryEmail: { Length: > 0 } address } => new DeliveryTarget(address),
        MailPrincipal principal => throw new ArgumentException($"'{principal}' has no address to which mail could be delivered."),
        _ => null,
    };
}
