namespace MailAdmin.Sandbox.Directory;

/// <summary>What a line of a PATCH does with its field.</summary>
internal enum ChangeAction
{
    Set,
    AddItem,
    RemoveItem,
}
