using System.Reflection;

namespace MailAdmin.Tests.Hosting;

/// <summary>Copies of outputs, which nobody but a test changes.</summary>
internal static class Copies
{
    private static readonly MethodInfo s_clone = typeof(object).GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!;

    /// <summary>A copy with other values.</summary>
    public static T With<T>(this T item, params ReadOnlySpan<(string Name, object? Value)> changes)
        where T : class
    {
        var copy = (T)s_clone.Invoke(item, null)!;
        foreach ((string name, object? value) in changes)
        {
            typeof(T).GetProperty(name, BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)!.SetValue(copy, value);
        }
        return copy;
    }
}
