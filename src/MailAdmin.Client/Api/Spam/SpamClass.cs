namespace MailAdmin.Client;

/// <summary>What a message is an example of.</summary>
public enum SpamClass : long
{
    /// <summary>Unwanted mail.</summary>
    Spam,
    /// <summary>Wanted mail.</summary>
    Ham,
}
