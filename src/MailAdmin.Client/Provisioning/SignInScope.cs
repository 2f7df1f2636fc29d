namespace MailAdmin.Client.Provisioning;

/// <summary>What a column that may take the sign-in away speaks of.</summary>
internal enum SignInScope
{
    /// <summary>The account, as far as is known.</summary>
    Account,
    /// <summary>One of its services, such as POP3.</summary>
    Service,
    /// <summary>A lock that ends by itself.</summary>
    While,
    /// <summary>Where a directory keeps the account, such as an organizational unit.</summary>
    Place,
}
