namespace MailAdmin.Client;

/// <summary>
/// What is shown of an object that follows objects of another type in one output, where views do not apply: no secrets there either. A file of types would say
/// the same, and PowerShell would read it at each import.
/// </summary>
/// <param name="names">The properties, in the order in which they are shown.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ShownInShortAttribute(params string[] names) : Attribute
{
    /// <summary>The properties, in the order in which they are shown.</summary>
    public IReadOnlyList<string> Names => names;
}
