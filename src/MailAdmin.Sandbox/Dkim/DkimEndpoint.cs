using System.Text.Json;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Settings;

namespace MailAdmin.Sandbox.Dkim;

/// <summary><c>/api/dkim</c>: creates signatures, which are settings, and shows their public keys.</summary>
internal sealed class DkimEndpoint(SettingsStore settings, TimeProvider clock)
{
    /// <summary>The header fields that signatures cover unless the settings name others.</summary>
    public static IReadOnlyList<string> SignedHeaders { get; } = ["From", "To", "Date", "Subject", "Message-ID"];

    /// <summary>Writes the settings of a signature with a new key.</summary>
    public void Create(string id, string domain, string selector, bool isRsa)
    {
        if (settings[$"signature.{id}.private-key"] is { } existing)
        {
            throw ApiException.AlreadyExists($"signature.{id}.private-key", existing);
        }

        settings.Set($"signature.{id}.private-key", isRsa ? DkimKeys.CreateRsa() : DkimKeys.CreateEd25519());
        settings.Set($"signature.{id}.domain", domain);
        settings.Set($"signature.{id}.selector", selector);
        settings.Set($"signature.{id}.algorithm", isRsa ? "rsa-sha256" : "ed25519-sha256");
        settings.Set($"signature.{id}.canonicalization", "relaxed/relaxed");
        for (int i = 0; i < SignedHeaders.Count; i++)
        {
            settings.Set($"signature.{id}.headers.{i}", SignedHeaders[i]);
        }

        settings.Set($"signature.{id}.report", "false");
    }

    public SandboxResponse ShowPublicKey(ApiCall call)
    {
        call.Caller.Require("dkim-signature-get");
        string id = call.GetDecodedSegment(1);
        string? algorithm = settings[$"signature.{id}.algorithm"];
        if (settings[$"signature.{id}.private-key"] is not { } key || algorithm?.Split('-') is not ["rsa" or "ed25519", _])
        {
            throw ApiException.NoSuchResource();
        }

        return Responses.Data(DkimKeys.GetPublicKey(algorithm, key) ?? throw ApiException.Other("Failed to decode private key"));
    }

    public SandboxResponse Create(ApiCall call)
    {
        call.Caller.Require("dkim-signature-create");
        using JsonDocument body = call.ParseBody();
        JsonElement root = body.RootElement;
        bool isRsa = root.GetText("algorithm") == "Rsa";
        string domain = root.GetText("domain");
        string id = root.FindText("id") ?? $"{(isRsa ? "rsa" : "ed25519")}-{domain}";
        string selector = root.FindText("selector") ?? $"{clock.GetUtcNow():yyyyMM}{(isRsa ? "r" : "e")}";
        Create(id, domain, selector, isRsa);
        return Responses.Success();
    }
}
