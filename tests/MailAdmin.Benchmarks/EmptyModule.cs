using System.Reflection;
using System.Reflection.Emit;

namespace MailAdmin.Benchmarks;

/// <summary>A binary module with nothing in it: what any import costs at least.</summary>
internal sealed class EmptyModule : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"mailadmin-benchmark-{Guid.NewGuid():n}", "Empty");

    public EmptyModule()
    {
        Directory.CreateDirectory(_folder);
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("Empty"), typeof(object).Assembly);
        assembly.DefineDynamicModule("Empty").DefineType("Nothing", TypeAttributes.Public).CreateType();
        assembly.Save(Path.Combine(_folder, "Empty.dll"));
        File.WriteAllText(
            Manifest,
            "@{ RootModule = 'Empty.dll'; ModuleVersion = '1.0.0'; GUID = '0f0d8a4e-9f0e-4bb0-9a3f-0d6f2f6f4f55'; CompatiblePSEditions = @('Core'); PowerShellVersion = '7.6'; FunctionsToExport = @(); CmdletsToExport = @(); AliasesToExport = @(); VariablesToExport = @() }");
    }

    public string Manifest => Path.Combine(_folder, "Empty.psd1");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
}
