namespace MailAdmin.Tests.Faults;

/// <summary>A use of a cmdlet on a server from 0.16 on.</summary>
/// <param name="Cmdlet">The cmdlet.</param>
/// <param name="Script">The script.</param>
internal sealed record JmapFaultUse(string Cmdlet, string Script)
{
    /// <summary>A script that puts there what is acted on.</summary>
    public string Preparation { get; init; } = "";

    /// <summary>Whether it needs what only the sample organisation has.</summary>
    public bool NeedsSample { get; init; }

    /// <summary>Whether what it reads differs from one time to the next, so that only its number counts.</summary>
    public bool Varies { get; init; }

    /// <summary>Whether its result says what failed, in place of an error.</summary>
    public bool SaysByResult { get; init; }

    public override string ToString() => Script;
}
