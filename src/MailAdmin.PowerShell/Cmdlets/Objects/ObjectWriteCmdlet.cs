using System.Collections.Specialized;
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Objects;

/// <summary>A cmdlet that writes objects. What puts them into force is done once, at the end, however many were written.</summary>
public abstract class ObjectWriteCmdlet : InputCmdlet
{
    private const string Restart = "Restart";
    private readonly OrderedDictionary _written = [];

    private protected ObjectWriteCmdlet()
    {
    }

    /// <summary>Leave what was written out of force: no reload at the end. The next reload, whoever causes it, puts it into force.</summary>
    [Parameter]
    public SwitchParameter NoReload { get; set; }

    /// <inheritdoc/>
    private protected override void End()
    {
        foreach (string action in _written.Keys)
        {
            string types = string.Join(", ", (IEnumerable<string>)_written[action]!);
            if (action == Restart)
            {
                WriteWarning($"The change of {types} is in force when the server is started again.");
            }
            else if (NoReload)
            {
                WriteVerbose($"The change of {types} is not in force yet: {action} was left out.");
            }
            else
            {
                Reload(action, types);
            }
        }
    }

    /// <summary>Notes that an object of a type was written.</summary>
    private protected void RecordWritten(string type)
    {
        if (Pump.Wait(Client.Objects.GetTypeAsync(type, Pump.Token)) is { Reload: { } action, Name: var name })
        {
            if (_written[action] is not SortedSet<string> types)
            {
                _written[action] = types = new SortedSet<string>(StringComparer.Ordinal);
            }
            types.Add(name);
        }
    }

    /// <summary>Works on one object; what fails is an error about it, and the others are worked on.</summary>
    private protected void Try(object target, Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            WriteItemError(e, target);
        }
    }

    private protected PSObject View(MailObject item) => ObjectView.Create(WithServer(item), ServerLabel is not null);

    private void Reload(string action, string types)
    {
        try
        {
            Pump.Wait(Client.Objects.ReloadAsync(action, Pump.Token));
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            WriteError(ObjectErrors.ReloadFailed(e, types));
        }
    }
}
