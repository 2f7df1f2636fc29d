namespace MailAdmin.Sandbox.Principals;

/// <summary>The action of one line of a PATCH.</summary>
internal enum ChangeAction
{
    Set,
    AddItem,
    RemoveItem,
}
