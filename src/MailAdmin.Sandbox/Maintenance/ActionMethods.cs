using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Maintenance;

/// <summary>Actions: created, done, and gone.</summary>
/// <param name="store">What the settings say.</param>
/// <param name="settings">The settings in force.</param>
/// <param name="clock">The server's clock: an action's id is the second it was done in.</param>
/// <param name="effects">What an action does beside that, by its kind.</param>
/// <param name="questions">What an action that only asks answers, by its kind.</param>
internal sealed class ActionMethods(
    RegistryStore store,
    SettingsInForce settings,
    TimeProvider clock,
    IReadOnlyDictionary<string, Action> effects,
    IReadOnlyDictionary<string, Func<JsonObject, JsonObject>> questions) : IObjectMethods
{
    public JsonObject Get(MethodContext call)
    {
        var get = GetMethod.Read(call, store.Schema);
        foreach (ulong id in get.Ids ?? [])
        {
            get.Missing(id);
        }

        return get.Answer(call);
    }

    public JsonObject Query(MethodContext call) => throw MethodException.InvalidArguments("Actions are not kept.");

    public JsonObject Set(MethodContext call) => SetMethod.Read(call).Apply(
        (_, value) => Act(value),
        (_, _) => throw SetException.Forbidden("Actions cannot be changed."),
        _ => throw SetException.Forbidden("Actions cannot be destroyed."));

    private JsonObject Act(JsonObject sent)
    {
        var patch = new ObjectPatch(store.Schema, store.Defaults, new PlainValues(store.Schema, _ => null), []);
        JsonObject action = patch.Create("Action", sent, []);
        string kind = action[RegistrySchema.Variant]!.GetValue<string>();
        if (questions.TryGetValue(kind, out Func<JsonObject, JsonObject>? answer))
        {
            return answer(action);
        }

        if (kind == "ReloadSettings")
        {
            Reload();
        }

        if (effects.TryGetValue(kind, out Action? effect))
        {
            effect();
        }

        return new JsonObject { ["id"] = RegistryId.Format((ulong)clock.GetUtcNow().ToUnixTimeSeconds()) };
    }

    /// <summary>An error anywhere changes nothing. No name but those of mail hosts resolves here, so a host of Pyzor is one.</summary>
    private void Reload()
    {
        if (store.Singleton("SpamPyzor")["enable"]!.GetValue<bool>())
        {
            throw SetException.InvalidSetting("The host of Pyzor does not resolve.", new ObjectReference(store.Type("SpamPyzor"), RegistryId.Singleton));
        }

        settings.Reload();
    }
}
