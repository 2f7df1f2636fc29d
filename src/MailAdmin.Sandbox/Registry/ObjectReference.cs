namespace MailAdmin.Sandbox.Registry;

/// <summary>An object by its type and id.</summary>
internal readonly record struct ObjectReference(ObjectType Type, ulong Id) : IComparable<ObjectReference>
{
    public int CompareTo(ObjectReference other) => (Type.Order, Id).CompareTo((other.Type.Order, other.Id));
}
