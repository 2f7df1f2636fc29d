using System.Text.Json;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Principals;
using MimeKit;

namespace MailAdmin.Sandbox.Spam;

/// <summary><c>/api/spam-filter</c>: trains the filter with messages, and classifies messages.</summary>
internal sealed class SpamEndpoint(SpamClassifier classifier, SpamModels models, SpamTraining training, PrincipalStore store)
{
    private const string TrainPermission = "spam-filter-train";

    private readonly ServerDialect _dialect = store.Dialect;

    /// <summary>Trains at once.</summary>
    public SandboxResponse Train(ApiCall call, bool isSpam)
    {
        RequireTraining(call, ofSamples: false);
        IReadOnlySet<string> words = ReadWords(call);
        models[FindAccount(call)].Train(words, isSpam);
        return Responses.Success();
    }

    /// <summary>Stores the message for the next training.</summary>
    public SandboxResponse Upload(ApiCall call, bool isSpam)
    {
        RequireTraining(call, ofSamples: true);
        IReadOnlySet<string> words = ReadWords(call);
        training.Add(FindAccount(call), words, isSpam);
        return Responses.Success();
    }

    public SandboxResponse StartTraining(ApiCall call, bool fromScratch)
    {
        RequireTraining(call, ofSamples: true);
        training.Start(fromScratch);
        return Responses.Data(true);
    }

    public SandboxResponse StopTraining(ApiCall call)
    {
        RequireTraining(call, ofSamples: true);
        return Responses.Data(training.Stop());
    }

    public SandboxResponse DeleteTraining(ApiCall call)
    {
        RequireTraining(call, ofSamples: true);
        training.Reset();
        return Responses.Data(true);
    }

    public SandboxResponse GetTrainingStatus(ApiCall call)
    {
        RequireTraining(call, ofSamples: true);
        return Responses.Data(training.IsRunning);
    }

    public SandboxResponse Classify(ApiCall call)
    {
        call.Caller.Require(_dialect.ClassifyPermission);
        training.CatchUp();
        using JsonDocument body = call.ParseBody();
        SpamInput input = ClassifyRequest.Read(body.RootElement);
        using (input.Message)
        {
            SpamVerdict verdict = classifier.Classify(input);
            return Responses.Data(verdict.Write);
        }
    }

    private static IReadOnlySet<string> ReadWords(ApiCall call)
    {
        using MimeMessage message = MessageText.Parse(call.Body.ToArray());
        return MessageText.GetWords(message);
    }

    /// <summary>A version knows one of the two ways to train.</summary>
    private void RequireTraining(ApiCall call, bool ofSamples)
    {
        if (_dialect.CollectsSpamSamples != ofSamples)
        {
            throw ApiException.NoSuchResource();
        }

        call.Caller.Require(TrainPermission);
    }

    /// <summary>Every caller may train any account. An unknown account is named as sent, still percent-encoded.</summary>
    private uint? FindAccount(ApiCall call) => call.GetSegment(3) is { Length: > 0 } name
        ? store.Find(call.GetDecodedSegment(3))?.Id ?? throw ApiException.NotFound(name)
        : null;
}
