using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.SignIn;

/// <summary>One of the credentials of an account: its password, an app password or an API key.</summary>
internal sealed class Credential(JsonObject stored)
{
    public bool IsPassword => stored[RegistrySchema.Variant]!.GetValue<string>() == "Password";

    public uint Id => RegistryId.TryParse(stored["credentialId"]?.GetValue<string>(), out ulong id) ? (uint)id : 0;

    /// <summary>A hash, or what an old server took for one.</summary>
    public string Secret => stored["secret"]?.GetValue<string>() ?? "";

    /// <summary>Where codes come from; null where the password is enough.</summary>
    public string? OtpUrl => stored["otpAuth"]?.GetValue<string>();

    /// <summary>What it may do of what its owner may.</summary>
    public JsonObject? Permissions => stored["permissions"] as JsonObject;

    public bool IsExpiredAt(DateTimeOffset now) =>
        stored["expiresAt"]?.GetValue<string>() is { } time && DateTimeOffset.Parse(time, CultureInfo.InvariantCulture) <= now;

    /// <summary>Without a list every address will do.</summary>
    public bool Allows(IPAddress address) =>
        stored["allowedIps"] is not JsonObject { Count: > 0 } allowed || allowed.Any(entry => Networks.Parse(entry.Key) is { } network && network.Contains(address));
}
