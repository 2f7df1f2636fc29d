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

    public override string ToString() => $"{Script} ({Parameter})";
}
