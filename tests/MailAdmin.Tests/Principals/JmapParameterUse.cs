using System.Management.Automation;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

/// <summary>A parameter as it is used on a server from 0.16 on: what it does there, or the words of its refusal.</summary>
/// <param name="Cmdlet">The cmdlet.</param>
/// <param name="Parameter">The parameter.</param>
/// <param name="Script">A use of it.</param>
/// <param name="Check">A script that gives true where the parameter did what it is for; null where it is refused.</param>
/// <param name="Refusal">Words of the refusal, the field among them; null where it works.</param>
internal sealed record JmapParameterUse(string Cmdlet, string Parameter, string Script, string? Check, string? Refusal)
{
    public static JmapParameterUse Works(string cmdlet, string parameter, string script, string check) => new(cmdlet, parameter, $"{cmdlet} {script}", check, null);

    public static JmapParameterUse IsRefused(string cmdlet, string parameter, string script, string refusal) => new(cmdlet, parameter, $"{cmdlet} {script}", null, refusal);

    /// <summary>The uses by their place.</summary>
    public static TheoryData<int, string> ToData(IEnumerable<JmapParameterUse> uses)
    {
        var data = new TheoryData<int, string>();
        foreach ((int index, JmapParameterUse use) in uses.Index())
        {
            data.Add(index, use.ToString());
        }
        return data;
    }

    /// <summary>Fails unless the script did what it is for, or was refused by name.</summary>
    /// <param name="shell">Where it ran.</param>
    /// <param name="result">What it gave.</param>
    public void ShouldHold(HostedShell shell, ScriptResult result)
    {
        if (Check is null)
        {
            result.Errors.ShouldHaveSingleItem().Exception.Message.ShouldContain(Refusal!);
            result.Output.ShouldBeEmpty();
            return;
        }
        result.ShouldHaveNoErrors();
        shell.SetVariable("output", result.Output.Count == 1 ? result.Output[0] : result.Output);
        ScriptResult checkedResult = shell.Run(Check).ShouldHaveNoErrors();
        LanguagePrimitives.IsTrue(checkedResult.Output.Count == 1 ? checkedResult.Output[0] : checkedResult.Output).ShouldBeTrue($"{this}: {Check}");
    }

    public override string ToString() => $"{Script} ({Parameter})";
}
