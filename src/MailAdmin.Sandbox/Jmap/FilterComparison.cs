namespace MailAdmin.Sandbox.Jmap;

/// <summary>How a condition compares.</summary>
internal enum FilterComparison
{
    Equal,
    GreaterThan,
    GreaterThanOrEqual,
    LessThan,
    LessThanOrEqual,
}
