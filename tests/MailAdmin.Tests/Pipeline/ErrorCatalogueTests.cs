using MailAdmin.Client;
using MailAdmin.PowerShell.Errors;

namespace MailAdmin.Tests.Pipeline;

public sealed class ErrorCatalogueTests
{
    [Theory]
    [InlineData(MailErrorCode.Unauthorized, true)]
    [InlineData(MailErrorCode.NotFound, false)]
    public void A_failure_of_several_tasks_counts_as_the_one_in_it(MailErrorCode code, bool terminating)
    {
        var inner = new MailServerException(code, Operations.GetPrincipal, "…");
        var outer = new AggregateException(new AggregateException(inner));
        ErrorCatalogue.IsTerminating(outer).ShouldBe(terminating);
        ErrorCatalogue.IsClientException(outer).ShouldBeTrue();
        ErrorCatalogue.CreateErrorRecord(outer, null).FullyQualifiedErrorId.ShouldBe(code.ToString());
    }

    [Theory]
    [InlineData(MailErrorCode.Unreachable)]
    [InlineData(MailErrorCode.Redirected)]
    [InlineData(MailErrorCode.NotStalwart)]
    public void Advice_that_stands_in_the_message_is_not_repeated(MailErrorCode code) =>
        ErrorCatalogue.CreateErrorRecord(new MailServerException(code, Operations.RequestOAuthCode, "Check the address."), null).ErrorDetails.RecommendedAction.ShouldBeNullOrEmpty();
}
