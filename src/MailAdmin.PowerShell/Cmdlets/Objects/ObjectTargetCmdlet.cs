using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Objects;

/// <summary>A cmdlet that changes or removes objects which are there.</summary>
public abstract class ObjectTargetCmdlet : ObjectWriteCmdlet
{
    private protected ObjectTargetCmdlet()
    {
    }

    /// <summary>The type of the objects, or objects from Get-MailObject, Get-MailPrincipal, Get-MailDkimSignature or Get-MailTask. No wildcards.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(ObjectTypeCompleter))]
    [ObjectArgument]
    [ValidateNotNullOrEmpty]
    public ObjectIdentity[]? Type { get; set; }

    /// <summary>The ids of the objects. A type of which there is one needs none.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(ObjectIdCompleter))]
    [ObjectIdArgument]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <inheritdoc/>
    private protected sealed override void Process()
    {
        foreach (ObjectIdentity identity in Type!)
        {
            Try(identity, () =>
            {
                foreach ((string type, string id) in FindTargets(identity))
                {
                    if (IsFirst(id == MailObject.SingletonId ? type : $"{type} '{id}'"))
                    {
                        Try(identity.Item ?? (object)$"{type} {id}", () => Process(type, id));
                    }
                }
            });
        }
    }

    /// <summary>Works on one object.</summary>
    private protected abstract void Process(string type, string id);

    private IEnumerable<(string Type, string Id)> FindTargets(ObjectIdentity identity)
    {
        if (identity.Item is { } item)
        {
            return Id is null ? [(item.Type, item.Id)] : throw new ArgumentException($"'{item}' has an id of its own. Omit -Id.");
        }
        if (identity.IsPattern)
        {
            throw new ArgumentException($"'{identity}' contains a wildcard, which only Get-MailObject accepts. Pipe what is meant from Get-MailObject {QuotedText.Quote(identity.Type)}.");
        }
        MailObjectType type = Pump.Wait(Client.Objects.GetTypeAsync(identity.Type, Pump.Token));
        if (!type.IsReadable)
        {
            throw new ArgumentException($"There are no objects of the type {type}: it stands inside of others, or is done and not kept.");
        }
        return Id is not null ? Id.Select(id => (type.Name, id.Trim()))
            : type.IsSingleton ? [(type.Name, MailObject.SingletonId)]
            : throw new ArgumentException($"There may be many objects of the type {type}: specify their -Id. Get-MailObject {type} lists them.");
    }
}
