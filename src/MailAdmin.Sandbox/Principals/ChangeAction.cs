namespace MailAdmin.Sandbox.Principals;

/// <summary>What a line of a PATCH does with its field.</summary>
internal enum ChangeAction
{
    Set,
    AddItem,
    RemoveItem,
}
