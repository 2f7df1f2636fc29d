namespace MailAdmin.Client;

/// <summary>An object of a server from 0.16 on, by the id that it has there.</summary>
/// <param name="Type">Its type, such as <c>Account</c>.</param>
/// <param name="Id">Its id.</param>
public sealed record ObjectReference(string Type, string Id)
{
    // The id of what there is once.
    internal const string SingletonId = "singleton";

    /// <summary>The type, and the id where there may be several.</summary>
    public override string ToString() => Id == SingletonId ? Type : $"{Type} '{Id}'";
}
