// Whose names a completer offers. A name of another server, offered to a Remove, would be taken for one of the server that is meant.
using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Sessions;

/// <summary>Tells from a command line that is being typed which connection it means. Runs nothing of it.</summary>
internal static class CompletionConnection
{
    private const string Parameter = "Connection";

    /// <summary>
    /// The connection that the line names, else the one that $PSDefaultParameterValues does, else the default one; null where one is named that
    /// cannot be told.
    /// </summary>
    public static MailConnection? Find(CommandAst command, IDictionary boundParameters)
    {
        // PowerShell binds what it can tell without running anything, and leaves the rest out, as if it were not there.
        object? given = boundParameters.Contains(Parameter) ? boundParameters[Parameter] : null;
        if (given is null)
        {
            if (FindArgument(command) is { } argument)
            {
                if ((given = Read(argument)) is null)
                {
                    return null;
                }
            }
            else if (FindDefaults(command) is [_, ..] defaults)
            {
                // Of several, PowerShell takes none unless they agree: too fine a point to guess whose names are meant.
                if (defaults is not [{ } only])
                {
                    return null;
                }
                given = only;
            }
        }
        try
        {
            return RunspaceConnections.Resolve(given);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // What stands for the connection on the line; the parameter itself where its argument is missing.
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

    // What $PSDefaultParameterValues, which PowerShell does not bind for a completer, would give to -Connection.
    private static object?[] FindDefaults(CommandAst command)
    {
        if (command.GetCommandName() is not { } given || ReadVariable("PSDefaultParameterValues") is not IDictionary defaults || LanguagePrimitives.IsTrue(defaults["Disabled"]))
        {
            return [];
        }
        string name = given[(given.LastIndexOf('\\') + 1)..];
        return [.. defaults.Cast<DictionaryEntry>()
            .Where(entry => entry.Key is string key && key.Split(':') is [var cmdlet, var parameter] && Matches(cmdlet, name) && Matches(parameter, Parameter))
            .Select(entry => entry.Value.Unwrap())];
    }

    private static bool Matches(string pattern, string name) => WildcardPattern.Get(pattern.Trim(' ', '\'', '"'), WildcardOptions.IgnoreCase).IsMatch(name);

    private static object? Read(Ast argument) => argument switch
    {
        StringConstantExpressionAst constant => constant.Value,
        VariableExpressionAst { Splatted: true } splat => FindSplatted(splat)?.Value,
        VariableExpressionAst variable => ReadVariable(variable.VariablePath.UserPath),
        _ => null,
    };

    private static DictionaryEntry? FindSplatted(VariableExpressionAst splat)
    {
        foreach (DictionaryEntry entry in ReadVariable(splat.VariablePath.UserPath) as IDictionary ?? new Hashtable())
        {
            if (entry.Key is string name && IsConnection(name))
            {
                return entry;
            }
        }
        return null;
    }

    // A completer runs on the pipeline thread, where the session's own state can be asked. It runs no code of the line: the script is ours.
    private static object? ReadVariable(string name)
    {
        var engine = (EngineIntrinsics?)ScriptBlock.Create("$ExecutionContext").InvokeReturnAsIs().Unwrap();
        return engine?.SessionState.PSVariable.GetValue(name).Unwrap();
    }

    // Every cmdlet that completes from a server has -Connection, so that a shorter form of it means nothing else.
    private static bool IsConnection(string name) => name.Length > 0 && Parameter.StartsWith(name, StringComparison.OrdinalIgnoreCase);
}
