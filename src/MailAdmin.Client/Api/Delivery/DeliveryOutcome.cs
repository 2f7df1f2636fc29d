namespace MailAdmin.Client;

/// <summary>How far a step of a delivery is.</summary>
public enum DeliveryOutcome : long
{
    /// <summary>It has begun.</summary>
    Started,
    /// <summary>It is done.</summary>
    Succeeded,
    /// <summary>What it looked for is not there, which is not a failure.</summary>
    NotFound,
    /// <summary>It failed.</summary>
    Failed,
}
