namespace MailAdmin.Sandbox.Bodies;

/// <summary>A member of an object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsRequired">Whether it has to be there.</param>
internal sealed record BodyMember(string Name, BodyType Type, bool IsRequired)
{
    /// <summary>It has to be there.</summary>
    public static BodyMember Required(string name, BodyType type) => new(name, type, true);

    /// <summary>It may be left out, but null is no value of it.</summary>
    public static BodyMember Default(string name, BodyType type) => new(name, type, false);

    /// <summary>It may be left out, and it may be null.</summary>
    public static BodyMember Optional(string name, BodyType type) => new(name, new OptionBody(type), false);
}
