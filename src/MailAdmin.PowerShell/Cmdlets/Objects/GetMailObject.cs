using System.Collections;
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Objects;

/// <summary>Gets objects of a server from 0.16 on, which are its settings and all that it keeps, by type (POST /jmap; GET /schema/{hash} once a connection). Secrets are not shown.</summary>
[JmapOnly("Its settings have keys: use Get-MailSetting.")]
[Cmdlet(VerbsCommon.Get, "MailObject", SupportsPaging = true,
    HelpUri = HelpPages.Folder + "Get-MailObject.md")]
[OutputType(typeof(MailObject))]
public sealed class GetMailObject : InputCmdlet
{
    private PagingCounter? _page;

    /// <summary>The type, such as Http or MtaRoute; wildcards stand for several types. Or an object, also from Get-MailPrincipal, Get-MailDkimSignature or Get-MailTask, which is then read again.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ObjectTypeCompleter))]
    [ObjectArgument]
    [ValidateNotNullOrEmpty]
    public ObjectIdentity[]? Type { get; set; }

    /// <summary>The ids of the objects. Default: all objects of the type.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(ObjectIdCompleter))]
    [ObjectIdArgument]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>
    /// Properties and the values that they must have, such as @{ name = 'mx*' }: all of them must fit. A text may contain wildcards and ignores case; a set must
    /// contain the value; $null stands for no value.
    /// </summary>
    [Parameter]
    [ObjectValuesArgument]
    [ValidateNotNull]
    public IDictionary? Filter { get; set; }

    /// <summary>The properties to read. Default: all. Some are computed for each object, such as the dnsZoneFile of a Domain: lists of others are faster.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ObjectPropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Property { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        _page = new PagingCounter(PagingParameters);
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (ObjectIdentity identity in Type!)
        {
            try
            {
                Get(identity);
            }
            catch (Exception e) when (ErrorCatalogue.IsClientException(e))
            {
                WriteItemError(e, identity.Item ?? (object)identity.Type);
            }
        }
    }

    private void Get(ObjectIdentity identity)
    {
        if (identity.Item is { } item)
        {
            ThrowIfCombined(Id, nameof(Id), identity);
            ThrowIfCombined(Filter, nameof(Filter), identity);
            GetByIds(item.Type, [item.Id]);
        }
        else if (identity.IsPattern)
        {
            ThrowIfCombined(Id, nameof(Id), identity);
            ThrowIfCombined(Filter, nameof(Filter), identity);
            ThrowIfCombined(Property, nameof(Property), identity);
            GetMatching(identity.Type);
        }
        else if (Id is not null)
        {
            ThrowIfCombined(Filter, nameof(Filter), identity);
            GetByIds(identity.Type, [.. Id.Select(id => id.Trim())]);
        }
        else
        {
            List(identity.Type);
        }
    }

    private void GetMatching(string pattern)
    {
        WildcardPattern wildcard = pattern.ToValidPattern();
        foreach (MailObjectType type in Pump.Wait(Client.Objects.ListTypesAsync(Pump.Token)).Where(type => type.IsReadable && wildcard.IsMatch(type.Name)))
        {
            if (type.IsEnterprise && Client.Server is { IsEnterprise: false })
            {
                WriteVerbose($"{type} is left out: it needs an Enterprise licence.");
                continue;
            }
            try
            {
                List(type.Name);
            }
            catch (Exception e) when (ErrorCatalogue.IsClientException(e))
            {
                WriteItemError(e, type.Name);
            }
        }
    }

    private void GetByIds(string type, string[] ids)
    {
        var found = Pump.Wait(Client.Objects.GetAsync(type, ids, Property ?? [], Pump.Token)).ToDictionary(item => item.Id, StringComparer.Ordinal);
        foreach (string id in ids)
        {
            if (!found.TryGetValue(id, out MailObject? item))
            {
                WriteError(ErrorCatalogue.NotFound($"The server has no {type} with the id '{id}'. Get-MailObject {type} lists what it has.", id));
            }
            else if (_page!.Take())
            {
                WriteObject(ObjectView.Create(WithServer(item), ServerLabel is not null));
            }
        }
    }

    private void List(string type)
    {
        var query = new ObjectQuery(type) { Filter = Filter, Property = Property ?? [] };
        if (PagingParameters.IncludeTotalCount)
        {
            MailObject[] all = [.. Pump.Enumerate(token => Client.Objects.ListAsync(query, token))];
            WriteObject(PagingParameters.NewTotalCount((ulong)all.Length, 1.0));
            Write(_page!.Apply(all));
            return;
        }
        Write(_page!.Apply(Pump.Enumerate(token => Client.Objects.ListAsync(query, token))));
    }

    private void Write(IEnumerable<MailObject> items)
    {
        foreach (MailObject item in items)
        {
            Pump.Drain();
            WriteObject(ObjectView.Create(WithServer(item), ServerLabel is not null));
        }
        Pump.Drain();
    }

    private static void ThrowIfCombined(object? parameter, string name, ObjectIdentity identity)
    {
        if (parameter is not null)
        {
            throw new ArgumentException($"-{name} is for one type: it cannot be used with '{identity}'.");
        }
    }
}
