namespace MailAdmin.Tests.Faults;

/// <summary>What a cell shows: what was said, held against what had happened.</summary>
internal enum FaultVerdict
{
    /// <summary>What was said is so.</summary>
    Right,

    /// <summary>It was said that nobody can know.</summary>
    Honest,

    /// <summary>"Failed", and it was done.</summary>
    FailedThoughDone,

    /// <summary>"Done", and it was not; or something that the server does not have was read.</summary>
    DoneThoughNot,

    /// <summary>What must not be done twice was.</summary>
    DoneTwice,

    /// <summary>One thing has two outcomes.</summary>
    SaidTwice,

    /// <summary>A secret is in what is said.</summary>
    ShowsSecret,

    /// <summary>More requests than the server should be asked to bear.</summary>
    AsksTooOften,

    /// <summary>No request met the fault: nothing is shown.</summary>
    NotMet,

    /// <summary>An exception of somebody else.</summary>
    RawException,

    /// <summary>No end.</summary>
    Hangs,
}
