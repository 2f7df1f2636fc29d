namespace MailAdmin.Client.Api.Principals;

/// <summary>That something is to be in a set of another object, or out of it.</summary>
/// <param name="Property">The set: <see cref="Recipients"/> of a list, or <see cref="Groups"/> of an account.</param>
/// <param name="Owner">The name of the other object.</param>
/// <param name="Element">What is in the set: an address, or the id of a group.</param>
/// <param name="IsIn">Whether it is to be in the set.</param>
internal sealed record JmapMembership(string Property, string Owner, string Element, bool IsIn)
{
    /// <summary>The addresses on a list.</summary>
    public const string Recipients = "recipients";

    /// <summary>The groups of an account.</summary>
    public const string Groups = "memberGroupIds";

    /// <summary>The type of the objects that have the set.</summary>
    public DirectoryType OwnerType => Property == Recipients ? DirectoryType.MailingList : DirectoryType.Account;

    /// <summary>The field of principals that the set is.</summary>
    public string Field => Property == Recipients ? PrincipalField.Lists : PrincipalField.Members;
}
