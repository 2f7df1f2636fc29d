using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Tasks;

/// <summary>The identity of a task: its id, or the task.</summary>
public sealed class TaskIdentity : ServerIdentity
{
    // Not public: PowerShell would make an identity of anything that converts to text.
    internal TaskIdentity(string id)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            throw new ArgumentException("The id of the task is empty. Get-MailTask lists the ids.");
        }
        Id = id.Trim();
    }

    internal TaskIdentity(MailTask task)
        : this(task.Id) => Task = task;

    /// <summary>The id.</summary>
    public string Id { get; }

    /// <summary>The task, if one was specified.</summary>
    internal MailTask? Task { get; }

    /// <inheritdoc/>
    public override string ToString() => Id;
}

/// <summary>Makes identities from ids and tasks.</summary>
internal sealed class TaskIdentityArgumentAttribute : IdentityArgumentAttribute<TaskIdentity>
{
    private protected override TaskIdentity? CreateIdentity(object value) => value switch
    {
        string id => new TaskIdentity(id),
        MailTask task => new TaskIdentity(task),
        _ => null,
    };
}
