using System.Globalization;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Maintenance;

/// <summary>Tasks: what has an effect here is done at once where it is due, and gone; the rest is left to <see cref="TaskRunner"/>.</summary>
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

    /// <summary>When it is done, unless it has failed.</summary>
    public override JsonNode? Compute(RegistryObject found, string property) => property == "due" ? found.Value["status"]?["due"]?.DeepClone() : null;

    private bool IsDue(RegistryObject task) =>
        task.Value["status"]?["due"]?.GetValue<string>() is not { } due || DateTimeOffset.Parse(due, CultureInfo.InvariantCulture) <= clock.GetUtcNow();
}
