using CsCheck;

namespace MailAdmin.Tests.Queue;

/// <summary>Something that is done to a queue. What a field means depends on the kind.</summary>
internal sealed record QueueOperation(string Kind, int Index, string Text, string[] Recipients, long Seconds)
{
    private static readonly string[] s_addresses =
    [
        "a@remote.test", "b@remote.test", "c@elsewhere.test", "d@delivered.test", "e@bounce.test", "f@nowhere.test", "g@badcert.test", "john@example.org",
    ];

    private static readonly string[] s_texts = ["remote", "elsewhere.test", "a@remote.test", "@", "john", "nobody", "test"];

    private static readonly Gen<int> s_index20 = Gen.Int[0, 20];
    private static readonly Gen<string> s_text1 = Gen.OneOf(s_texts);

    /// <summary>Seconds from now; negative ones are past and count as now.</summary>
    private static readonly Gen<long> s_seconds = Gen.OneOf(-60L, 0, 30, 600, 7200, 500_000);

    private static readonly Gen<QueueOperation> s_deliver =
        from addresses in Gen.OneOf(s_addresses).Array[1, 5]
        select new QueueOperation("deliver", 0, "", [.. addresses.Distinct()], 0);

    private static readonly Gen<QueueOperation> s_advance =
        from seconds in Gen.OneOf(1L, 10, 11, 120, 300, 3600, 50_000, 90_000, 200_000)
        select new QueueOperation("advance", 0, "", [], seconds);

    private static readonly Gen<QueueOperation> s_other =
        from kind in Gen.OneOf("stop", "start", "reschedule", "rescheduleAll", "cancel", "cancelRecipients", "cancelAll", "list")
        from index in s_index20
        from text in s_text1
        from seconds in s_seconds
        select new QueueOperation(kind, index, text, [], seconds);

    /// <summary>A story: one to thirty of them.</summary>
    public static Gen<QueueOperation[]> Sequences { get; } = Gen.Frequency((3, s_deliver), (3, s_advance), (5, s_other)).Array[1, 30];

    public override string ToString() => $"{Kind} {Index} {Text} {string.Join(',', Recipients)} {Seconds}";
}
