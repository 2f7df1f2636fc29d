namespace MailAdmin.Tests.Faults;

/// <summary>A fault, and how it meets the calls of an operation.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="IsExecuted">Whether the server executes the call before.</param>
/// <param name="IsAlways">Whether it meets every call; else the first one alone.</param>
internal sealed record FaultCell(Fault Fault, bool IsExecuted, bool IsAlways)
{
    public static IReadOnlyList<FaultCell> All { get; } =
    [
        .. from fault in Fault.All
           from isExecuted in fault.Reach == FaultReach.Either ? new[] { false, true } : [false]
           // Where nothing is sent again, the first call is as good as all of them.
           from isAlways in fault.IsRepeated ? new[] { false, true } : [false]
           select new FaultCell(fault, isExecuted, isAlways),
    ];

    public override string ToString() => $"{Fault}, {(IsExecuted ? "executed" : "not executed")}, {(IsAlways ? "always" : "once")}";
}
