namespace MailAdmin.Sandbox.Registry;

/// <summary>An object that cannot be stored or removed as it is.</summary>
internal sealed class StoreException : Exception
{
    private StoreException(string message, StoreFault fault)
        : base(message) => Fault = fault;

    public StoreFault Fault { get; }

    /// <summary>What is wrong with its properties.</summary>
    public IReadOnlyList<ValidationError> Errors { get; private init; } = [];

    /// <summary>The key that is taken.</summary>
    public string Key { get; private init; } = "";

    /// <summary>The object that is missing, has the key, or cannot be removed.</summary>
    public ObjectReference Subject { get; private init; }

    /// <summary>Who refers to it.</summary>
    public IReadOnlyList<ObjectReference> Linked { get; private init; } = [];

    public static StoreException Invalid(IReadOnlyList<ValidationError> errors) => new("A property is invalid.", StoreFault.Invalid) { Errors = errors };

    public static StoreException Missing(ObjectReference target) => new("A reference leads nowhere.", StoreFault.Missing) { Subject = target };

    public static StoreException Taken(string key, ObjectReference owner) => new("A key is taken.", StoreFault.Taken) { Key = key, Subject = owner };

    public static StoreException LinkedBy(ObjectReference target, IReadOnlyList<ObjectReference> linked) => new("Others refer to it.", StoreFault.Linked) { Subject = target, Linked = linked };
}
