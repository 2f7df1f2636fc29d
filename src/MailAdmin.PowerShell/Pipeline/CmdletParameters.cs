using System.Collections.Concurrent;
using System.Management.Automation;
using System.Reflection;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Pipeline;

/// <summary>The parameters of a cmdlet's class.</summary>
internal sealed class CmdletParameters
{
    private static readonly ConcurrentDictionary<Type, CmdletParameters> s_found = [];

    private CmdletParameters(Type cmdlet)
    {
        All = [.. cmdlet.GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute), inherit: false))];
        OfServer = [.. All.Where(IsOfServer)];
        Piped = [.. All.Where(IsPiped).OrderByDescending(IsOfServer)];
    }

    /// <summary>All of them.</summary>
    public PropertyInfo[] All { get; }

    /// <summary>Those that take input from the pipeline; first those that take objects of a server.</summary>
    public PropertyInfo[] Piped { get; }

    /// <summary>Those that take objects of a server.</summary>
    public PropertyInfo[] OfServer { get; }

    public static CmdletParameters Find(Type cmdlet) => s_found.GetOrAdd(cmdlet, static type => new CmdletParameters(type));

    /// <summary>Whether a parameter of a cmdlet holds anything.</summary>
    public static bool IsBound(PropertyInfo parameter, ConnectedCmdlet cmdlet) => !Equals(parameter.GetValue(cmdlet), GetDefault(parameter));

    /// <summary>Takes away what was bound to a parameter.</summary>
    public static void Clear(PropertyInfo parameter, ConnectedCmdlet cmdlet) => parameter.SetValue(cmdlet, GetDefault(parameter));

    private static object? GetDefault(PropertyInfo parameter) => parameter.PropertyType.IsValueType ? Activator.CreateInstance(parameter.PropertyType) : null;

    private static bool IsPiped(PropertyInfo parameter) =>
        parameter.GetCustomAttributes<ParameterAttribute>(inherit: false).Any(attribute => attribute.ValueFromPipeline || attribute.ValueFromPipelineByPropertyName);

    private static bool IsOfServer(PropertyInfo parameter)
    {
        Type type = parameter.PropertyType.GetElementType() ?? parameter.PropertyType;
        return type.IsSubclassOf(typeof(ServerIdentity)) || type.IsSubclassOf(typeof(ServerObject));
    }
}
