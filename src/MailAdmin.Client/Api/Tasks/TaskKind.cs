using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>The kind of a task, by the server's word. One of a later server is kept.</summary>
public readonly record struct TaskKind
{
    private static readonly OpenWords<TaskKind> s_words = new(word => new TaskKind(word));
    private readonly string? _name;

    private TaskKind(string name) => _name = name;

    /// <summary>Puts a document into the search index.</summary>
    public static TaskKind IndexDocument { get; } = s_words.AddDefault("IndexDocument");
    /// <summary>Takes a document out of the search index.</summary>
    public static TaskKind UnindexDocument { get; } = s_words.Add("UnindexDocument");
    /// <summary>Puts a trace into the search index.</summary>
    public static TaskKind IndexTrace { get; } = s_words.Add("IndexTrace");
    /// <summary>Maintenance of one account.</summary>
    public static TaskKind AccountMaintenance { get; } = s_words.Add("AccountMaintenance");
    /// <summary>Maintenance of one tenant.</summary>
    public static TaskKind TenantMaintenance { get; } = s_words.Add("TenantMaintenance");
    /// <summary>Maintenance of the server's stores.</summary>
    public static TaskKind StoreMaintenance { get; } = s_words.Add("StoreMaintenance");
    /// <summary>Rules and training of the spam filter.</summary>
    public static TaskKind SpamFilterMaintenance { get; } = s_words.Add("SpamFilterMaintenance");
    /// <summary>Orders or renews a certificate.</summary>
    public static TaskKind AcmeRenewal { get; } = s_words.Add("AcmeRenewal");
    /// <summary>Makes and retires the DKIM keys of a domain.</summary>
    public static TaskKind DkimManagement { get; } = s_words.Add("DkimManagement");
    /// <summary>Publishes the DNS records of a domain.</summary>
    public static TaskKind DnsManagement { get; } = s_words.Add("DnsManagement");
    /// <summary>Sends a reminder by mail.</summary>
    public static TaskKind CalendarAlarmEmail { get; } = s_words.Add("CalendarAlarmEmail");
    /// <summary>Shows a reminder.</summary>
    public static TaskKind CalendarAlarmNotification { get; } = s_words.Add("CalendarAlarmNotification");
    /// <summary>Sends an invitation or its answer.</summary>
    public static TaskKind CalendarItipMessage { get; } = s_words.Add("CalendarItipMessage");
    /// <summary>Joins threads of messages.</summary>
    public static TaskKind MergeThreads { get; } = s_words.Add("MergeThreads");
    /// <summary>Sends a DMARC report.</summary>
    public static TaskKind DmarcReport { get; } = s_words.Add("DmarcReport");
    /// <summary>Sends a TLS report.</summary>
    public static TaskKind TlsReport { get; } = s_words.Add("TlsReport");
    /// <summary>Restores what was deleted.</summary>
    public static TaskKind RestoreArchivedItem { get; } = s_words.Add("RestoreArchivedItem");
    /// <summary>Deletes what an account that was removed has stored.</summary>
    public static TaskKind DestroyAccount { get; } = s_words.Add("DestroyAccount");

    /// <summary>The kinds that this version knows.</summary>
    public static IReadOnlyList<TaskKind> Known => s_words.Known;

    /// <summary>The word.</summary>
    public string Name => _name ?? s_words.DefaultWord;

    /// <summary>Reads a word, in any case; an unknown one is kept.</summary>
    public static TaskKind Parse(string text) => s_words.Parse(text);

    /// <summary>The word: outputs hold it as text, so that every format and every comparison of PowerShell takes it.</summary>
    public static implicit operator string(TaskKind word) => word.Name;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
