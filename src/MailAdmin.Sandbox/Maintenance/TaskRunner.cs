using System.Globalization;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Registry;
using MailAdmin.Sandbox.Store;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Maintenance;

/// <summary>Does what is due in the background: a task that is done is gone, one that cannot be done says why.</summary>
/// <param name="store">The tasks, and the domains that some are about.</param>
/// <param name="clock">The server's clock.</param>
/// <param name="spamMaintenance">What the maintenance of the spam filter does, by its type.</param>
/// <param name="restoration">Restores what was archived.</param>
internal sealed class TaskRunner(RegistryStore store, TimeProvider clock, IReadOnlyDictionary<string, Action> spamMaintenance, ArchivedItemRestoration restoration)
{
    private const string Status = "status";
    private const string MaintenanceType = "maintenanceType";

    /// <summary>Runs the tasks that are due. The caller holds the store's gate.</summary>
    public void RunDue()
    {
        DateTimeOffset now = clock.GetUtcNow();
        foreach (RegistryObject task in store.List("Task").Values.Where(task => IsDue(task, now)))
        {
            if (FindObstacle(task) is { } obstacle)
            {
                store.Update(task, Fail(task, obstacle, now));
            }
            else
            {
                if (task.Text(RegistrySchema.Variant) == "SpamFilterMaintenance" && spamMaintenance.TryGetValue(task.Text(MaintenanceType)!, out Action? effect))
                {
                    effect();
                }
                else if (task.Text(RegistrySchema.Variant) == ArchivedItemRestoration.TaskName)
                {
                    restoration.Run(task);
                }

                store.Delete(task);
            }
        }
    }

    private static bool IsDue(RegistryObject task, DateTimeOffset now) =>
        task.Value[Status]!["due"]?.GetValue<string>() is { } due && DateTimeOffset.Parse(due, CultureInfo.InvariantCulture) <= now;

    /// <summary>What a server without a network cannot do, or what the domain leaves to people.</summary>
    private string? FindObstacle(RegistryObject task) => task.Text(RegistrySchema.Variant) switch
    {
        "SpamFilterMaintenance" when task.Text(MaintenanceType) == "updateRules" => store.Singleton("SpamSettings")["spamFilterRulesUrl"]?.GetValue<string>() is { } address
            ? $"The rules at {address} cannot be loaded: this sandbox has no network."
            : "There is no address to load rules from.",
        "AcmeRenewal" when IsManual(task, "certificateManagement") => "The certificates of the domain are managed by hand.",
        "DkimManagement" when IsManual(task, "dkimManagement") => "The keys of the domain are managed by hand.",
        "DnsManagement" when IsManual(task, "dnsManagement") => "The records of the domain are managed by hand.",
        ArchivedItemRestoration.TaskName => restoration.FindObstacle(task),
        "AcmeRenewal" or "DnsManagement" => "The provider cannot be reached.",
        _ => null,
    };

    private bool IsManual(RegistryObject task, string management) =>
        store.Find("Domain", task.Text("domainId"))?.Value[management]?[RegistrySchema.Variant]?.GetValue<string>() != "Automatic";

    private static JsonObject Fail(RegistryObject task, string obstacle, DateTimeOffset now)
    {
        var failed = (JsonObject)task.Value.DeepClone();
        failed[Status] = new JsonObject
        {
            [RegistrySchema.Variant] = "Failed",
            ["createdAt"] = task.Value[Status]!["createdAt"]!.DeepClone(),
            ["failedAt"] = Timestamp.Format(now),
            ["failedAttemptNumber"] = 0,
            ["failureReason"] = obstacle,
        };
        return failed;
    }
}
