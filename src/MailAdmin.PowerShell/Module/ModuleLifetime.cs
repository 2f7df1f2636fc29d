using System.Management.Automation;
using System.Management.Automation.Runspaces;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Module;

/// <summary>Hooks the load context for the first runspace that imports the module and unhooks it for the last one that removes it. Nothing is built at import.</summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly Lock s_gate = new();

    // Import and removal run per runspace, but the hook belongs to the process: so runspaces are counted, each once.
    private static readonly HashSet<Guid> s_importers = [];

    /// <summary>How many runspaces have the module loaded.</summary>
    internal static int ImporterCount
    {
        get
        {
            lock (s_gate)
            {
                return s_importers.Count;
            }
        }
    }

    /// <inheritdoc/>
    public void OnImport()
    {
        Runspace runspace = Runspace.DefaultRunspace;
        lock (s_gate)
        {
            if (!s_importers.Add(runspace.InstanceId))
            {
                return;
            }
            DependencyLoadContext.Instance.Hook();
        }
        runspace.StateChanged += OnRunspaceStateChanged;
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => RemoveImporter(Runspace.DefaultRunspace);

    private static void OnRunspaceStateChanged(object? sender, RunspaceStateEventArgs e)
    {
        if (sender is Runspace runspace && e.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Broken)
        {
            RemoveImporter(runspace);
        }
    }

    private static void RemoveImporter(Runspace runspace)
    {
        runspace.StateChanged -= OnRunspaceStateChanged;
        RunspaceConnections.Release(runspace);
        lock (s_gate)
        {
            if (s_importers.Remove(runspace.InstanceId) && s_importers.Count == 0)
            {
                DependencyLoadContext.Instance.Unhook();
            }
        }
    }
}
