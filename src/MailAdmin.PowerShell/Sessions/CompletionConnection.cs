// A name of another server, offered to a Remove cmdlet, would be taken for one of the server that the command is sent to.
using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Sessions;

/// <summary>Finds the connection that a command line in progress means. Runs no part of it.</summary>
internal static class CompletionConnection
{
    private const string Parameter = "Connection";

    /// <summary>The connection that the line names, the first of several, else the default one; null where it names one that cannot be determined.</summary>
    public static MailConnection? Find(CommandAst command, IDictionary boundParameters)
    {
        // PowerShell binds what it can determine without running anything, and omits the rest, as if it were not there.
        object? given = boundParameters.Contains(Parameter) ? boundParameters[Parameter] : null;
        if (given is null && FindArgument(command) is { } argument)
        {
            return Read(argument) is { } read ? ResolveOrNull(read) : null;
        }
        if (given is not null)
        {
            return ResolveOrNull(given);
        }
        // What the session gives where the line gives nothing. PowerShell runs a script block there: what it would say cannot be told.
        return FindDefaultValues(command) switch
        {
            [] => ResolveOrNull(null),
            [{ } value] => ResolveOrNull(value),
            _ => null,
        };
    }

    private static MailConnection? ResolveOrNull(object? given)
    {
        try
        {
            return RunspaceConnections.ResolveAll(given) is [var first, ..] ? first : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // $PSDefaultParameterValues, such as @{ '*-Mail*:Connection' = 'stage' }.
    private static object?[] FindDefaultValues(CommandAst command)
    {
        if (GetEngine() is not { } engine || command.GetCommandName() is not { } name
            || engine.SessionState.PSVariable.GetValue("PSDefaultParameterValues").Unwrap() is not IDictionary defaults
            || (defaults.Contains("Disabled") && LanguagePrimitives.IsTrue(defaults["Disabled"])))
        {
            return [];
        }
        string parameter = $"{GetCmdletName(engine, name)}:{Parameter}";
        return [.. defaults.Cast<DictionaryEntry>().Where(entry => entry.Key is string key && IsMatch(key, parameter)).Select(entry => entry.Value.Unwrap())];
    }

    private static string GetCmdletName(EngineIntrinsics engine, string name) => engine.InvokeCommand.GetCommand(name, CommandTypes.Alias | CommandTypes.Cmdlet) switch
    {
        AliasInfo { ResolvedCommand: { } cmdlet } => cmdlet.Name,
        { } cmdlet => cmdlet.Name,
        null => name,
    };

    private static bool IsMatch(string key, string parameter)
    {
        string plain = string.Join(':', key.Split(':', 2, StringSplitOptions.TrimEntries));
        return new WildcardFilter([plain]).IsMatch(parameter);
    }

    // The argument of -Connection on the line; the parameter itself where its argument is missing.
    private static Ast? FindArgument(CommandAst command)
    {
        for (int index = 1; index < command.CommandElements.Count; index++)
        {
            switch (command.CommandElements[index])
            {
                case CommandParameterAst parameter when IsConnection(parameter.ParameterName):
                    return parameter.Argument ?? command.CommandElements.ElementAtOrDefault(index + 1) ?? parameter;
                case VariableExpressionAst { Splatted: true } splat when FindSplatted(splat) is { }:
                    return splat;
            }
        }
        return null;
    }

    private static object? Read(Ast argument) => argument switch
    {
        StringConstantExpressionAst constant => constant.Value,
        ArrayLiteralAst list => Read(list.Elements[0]),
        VariableExpressionAst { Splatted: true } splat => FindSplatted(splat)?.Value,
        VariableExpressionAst variable => ReadVariable(variable),
        _ => null,
    };

    private static DictionaryEntry? FindSplatted(VariableExpressionAst splat)
    {
        foreach (DictionaryEntry entry in ReadVariable(splat) as IDictionary ?? new Hashtable())
        {
            if (entry.Key is string name && IsConnection(name))
            {
                return entry;
            }
        }
        return null;
    }

    // A completer runs on the pipeline thread, where it can read the session's own state. It runs no code of the line: the script is ours.
    private static EngineIntrinsics? GetEngine() => (EngineIntrinsics?)ScriptBlock.Create("$ExecutionContext").InvokeReturnAsIs().Unwrap();

    private static object? ReadVariable(VariableExpressionAst variable) => GetEngine()?.SessionState.PSVariable.GetValue(variable.VariablePath.UserPath).Unwrap();

    // Every cmdlet that completes from a server has -Connection, so that a shorter form of it means nothing else.
    private static bool IsConnection(string name) => name.Length > 0 && Parameter.StartsWith(name, StringComparison.OrdinalIgnoreCase);
}
