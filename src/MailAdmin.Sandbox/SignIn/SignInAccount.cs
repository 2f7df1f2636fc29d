using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.SignIn;

/// <summary>An account as signing in sees it.</summary>
/// <param name="Stored">What is stored of it.</param>
/// <param name="Address">Its primary address.</param>
internal sealed record SignInAccount(RegistryObject Stored, string Address)
{
    public uint Id => (uint)Stored.Id;

    public string Name => Stored.Text("name")!;

    public bool IsGroup => Stored.Text(RegistrySchema.Variant) == "Group";

    public string? Description => Stored.Text("description");

    public string Locale => Stored.Text("locale") ?? "en_US";

    public uint? TenantId => RegistryId.TryParse(Stored.Text("memberTenantId"), out ulong id) && id > 0 ? (uint)id : null;

    public IEnumerable<uint> GroupIds => KeysOf(Stored.Value["memberGroupIds"]).Select(key => RegistryId.TryParse(key, out ulong id) ? (uint)id : 0);

    public IEnumerable<Credential> Credentials =>
        Stored.Value["credentials"] is JsonObject list ? list.Select(entry => new Credential(entry.Value!.AsObject())) : [];

    public Credential? Password => Credentials.FirstOrDefault(credential => credential.IsPassword);

    /// <summary>Changes with every credential: what was verified before has to be verified again.</summary>
    public string CredentialRevision => Stored.Value["credentials"]?.ToJsonString() ?? "";

    private static IEnumerable<string> KeysOf(JsonNode? set) => set is JsonObject keys ? keys.Select(entry => entry.Key) : [];
}
