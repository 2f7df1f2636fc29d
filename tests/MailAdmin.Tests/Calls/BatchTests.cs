using System.Net;
using MailAdmin.Client;

namespace MailAdmin.Tests.Calls;

public sealed class BatchTests
{
    public static TheoryData<MailErrorCode, int?> Failures => new()
    {
        { MailErrorCode.ServerError, 500 },
        { MailErrorCode.WriteConflict, 500 },
        { MailErrorCode.TimedOut, null },
        { MailErrorCode.TimedOut, 504 },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void Three_failures_of_the_server_in_a_row_stop_it(MailErrorCode code, int? status)
    {
        var batch = new Batch(Batch.DefaultOutageTimeout);
        MailServerException failure = Create(code, status);
        batch.RecordOutcome(Create(code, status));
        batch.RecordOutcome(Create(code, status));
        batch.StoppedBy.ShouldBeNull();
        batch.RecordOutcome(failure);
        batch.StoppedBy.ShouldBe(failure);
        Should.Throw<MailServerException>(() => batch.ThrowIfStopped(Operations.CreatePrincipal)).Code.ShouldBe(MailErrorCode.NotSent);
    }

    [Fact]
    public void Of_one_request_with_many_items_the_failure_counts_once()
    {
        var batch = new Batch(Batch.DefaultOutageTimeout);
        for (int request = 0; request < 2; request++)
        {
            MailServerException failure = Create(MailErrorCode.ServerError, 500);
            for (int item = 0; item < 100; item++)
            {
                batch.RecordOutcome(new MailServerException(MailErrorCode.OutcomeUnknown, Operations.CallJmap, $"Item {item}", failure));
            }
        }
        batch.StoppedBy.ShouldBeNull();
        batch.RecordOutcome(Create(MailErrorCode.ServerError, 500));
        batch.StoppedBy.ShouldNotBeNull();
    }

    [Fact]
    public void A_time_out_that_leaves_the_outcome_unknown_counts_too()
    {
        var batch = new Batch(Batch.DefaultOutageTimeout);
        for (int i = 0; i < 3; i++)
        {
            batch.RecordOutcome(new MailServerException(MailErrorCode.OutcomeUnknown, Operations.TrainSpam, "?", Create(MailErrorCode.TimedOut, null)));
        }
        batch.StoppedBy.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(MailErrorCode.NotFound)]
    [InlineData(MailErrorCode.AlreadyExists)]
    [InlineData(MailErrorCode.RejectedByClient)]
    public void Any_other_outcome_between_them_lets_it_go_on(MailErrorCode? other)
    {
        var batch = new Batch(Batch.DefaultOutageTimeout);
        for (int i = 0; i < 10; i++)
        {
            batch.RecordOutcome(Create(MailErrorCode.ServerError, 500));
            batch.RecordOutcome(Create(MailErrorCode.ServerError, 500));
            batch.RecordOutcome(other is { } code ? Create(code, null) : null);
        }
        batch.StoppedBy.ShouldBeNull();
    }

    private static MailServerException Create(MailErrorCode code, int? status) =>
        new(code, Operations.CreatePrincipal, "x") { Status = (HttpStatusCode?)status };
}
