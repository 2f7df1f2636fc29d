using System.Reflection;
using System.Runtime.Loader;

namespace MailAdmin.PowerShell.Module;

/// <summary>The module's own load context for the packages in <c>bin/lib</c>, so that other modules' versions of them do not affect this one.</summary>
internal sealed class DependencyLoadContext : AssemblyLoadContext
{
    // Our assemblies that code outside this context may load; everything else is loaded through them.
    private static readonly string[] s_exposedAssemblies = ["MailAdmin.Isolated", "MailAdmin.Sandbox"];

    private readonly string _folder;

    private DependencyLoadContext(string folder)
        : base("MailAdmin") => _folder = folder;

    /// <summary>The one context of the process: assemblies never unload, so a second import must find the context of the first.</summary>
    public static DependencyLoadContext Instance { get; } =
        new(Path.Combine(Path.GetDirectoryName(typeof(DependencyLoadContext).Assembly.Location)!, "lib"));

    public void Hook()
    {
        Default.Resolving -= ResolveExposedAssembly;
        Default.Resolving += ResolveExposedAssembly;
    }

    public void Unhook() => Default.Resolving -= ResolveExposedAssembly;

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string file = Path.Combine(_folder, assemblyName.Name + ".dll");
        return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
    }

    private Assembly? ResolveExposedAssembly(AssemblyLoadContext context, AssemblyName name)
        => Array.IndexOf(s_exposedAssemblies, name.Name) >= 0 ? LoadFromAssemblyName(name) : null;
}
