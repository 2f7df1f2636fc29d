namespace MailAdmin.Client.Api.Tasks;

/// <summary>The server's words for what a maintenance does.</summary>
internal static class JmapMaintenanceWords
{
    public const string Purge = "purge";
    public const string Reindex = "reindex";
    public const string RecalculateQuota = "recalculateQuota";
    public const string RecalculateImapUid = "recalculateImapUid";
    public const string PurgeAccounts = "purgeAccounts";
    public const string PurgeBlobs = "purgeBlob";
    public const string PurgeData = "purgeData";
    public const string ReindexAccounts = "reindexAccounts";
    public const string ReindexTelemetry = "reindexTelemetry";
    public const string UpdateRules = "updateRules";
    public const string Train = "train";
}
