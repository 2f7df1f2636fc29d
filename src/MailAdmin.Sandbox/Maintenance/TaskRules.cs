using System.Globalization;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Maintenance;

/// <summary>Tasks: what is due is done at once, and gone.</summary>
/// <param name="store">The tasks.</param>
/// <param name="clock">The server's clock.</param>
/// <param name="storeMaintenance">What the maintenance of the store does, by its type.</param>
internal sealed class TaskRules(RegistryStore store, TimeProvider clock, IReadOnlyDictionary<string, Action> storeMaintenance) : ObjectRules
{
    public override void Saved(ObjectChange change, RegistryObject saved)
    {
        if (saved.Text(RegistrySchema.Variant) == "StoreMaintenance" && storeMaintenance.TryGetValue(saved.Text("maintenanceType")!, out Action? effect) && IsDue(saved))
        {
            effect();
            store.Delete(saved);
        }
    }

    private bool IsDue(RegistryObject task) =>
        task.Value["status"]?["due"]?.GetValue<string>() is not { } due || DateTimeOffset.Parse(due, CultureInfo.InvariantCulture) <= clock.GetUtcNow();
}
