using System.Text.Json;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Configuration;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Maintenance;

/// <summary><c>GET /api/reload</c>: 200 even where errors prevent the settings from being applied. The reload of a single part ignores them.</summary>
internal sealed class ReloadEndpoint(RunningConfiguration configuration)
{
    public SandboxResponse ReloadAll(ApiCall call)
    {
        call.Caller.Require("settings-reload");
        IReadOnlyList<SettingsProblem> errors = configuration.Validate();
        if (errors.Count == 0 && !call.Query.Contains("dry-run"))
        {
            configuration.Apply();
        }

        return Answer(configuration.GetWarnings(), errors);
    }

    public static SandboxResponse ReloadPart(ApiCall call)
    {
        call.Caller.Require("settings-reload");
        return Answer([], []);
    }

    private static SandboxResponse Answer(IReadOnlyList<SettingsProblem> warnings, IReadOnlyList<SettingsProblem> errors) => Responses.Data(json =>
    {
        json.WriteStartObject();
        WriteProblems(json, "warnings", warnings);
        WriteProblems(json, "errors", errors);
        json.WriteEndObject();
    });

    private static void WriteProblems(Utf8JsonWriter json, string name, IReadOnlyList<SettingsProblem> problems)
    {
        json.WriteStartObject(name);
        foreach (SettingsProblem problem in problems)
        {
            json.WriteStartObject(problem.Key);
            json.WriteString("type"u8, problem.Type);
            json.WriteString("error"u8, problem.Text);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
