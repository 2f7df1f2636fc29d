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

    /// <summary>Leave what was written out of force: no reload at the end. Invoke-MailSettingReload puts it into force, and so does the next reload, whoever causes it.</summary>
    [Parameter]
    public SwitchParameter NoReload { get; set; }

    /// <inheritdoc/>
    private protected override void End()
    {
        (string Action, string Types)[] due = [.. _written.Keys.Cast<string>().Select(action => (action, string.Join(", ", (IEnumerable<string>)_written[action]!)))];
        _written.Clear();
        foreach ((string action, string types) in due)
        {
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
    /// <param name="type">The type, as the server names it.</param>
    /// <param name="action">What puts it into force; null where it is at once.</param>
    private protected void RecordWritten(string type, string? action)
    {
        if (action is null)
        {
            return;
        }
        if (_written[action] is not SortedSet<string> types)
        {
            _written[action] = types = new SortedSet<string>(StringComparer.Ordinal);
        }
        types.Add(type);
    }

    /// <summary>What puts a new or a removed object of a type into force; null where it is at once.</summary>
    private protected string? FindReload(string type) => Pump.Wait(Client.Objects.GetTypeAsync(type, Pump.Token)).Reload;

    /// <summary>Says what the server does with an object that one may not expect.</summary>
    private protected void WriteWarnings(string target, IEnumerable<string> warnings)
    {
        foreach (string warning in warnings)
        {
            WriteWarning($"{target}: {warning}");
        }
    }

    /// <summary>Works on one object; what fails is an error about it, and the others are worked on.</summary>
    private protected void Try(object target, Action work)
    {
        try
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
        // The pipeline ends here, by -ErrorAction Stop or because whoever is behind has enough, and End is not called: what was written is put into force all the same.
        catch (Exception) when (!Pump.Token.IsCancellationRequested && _written.Count > 0)
        {
            End();
            throw;
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
