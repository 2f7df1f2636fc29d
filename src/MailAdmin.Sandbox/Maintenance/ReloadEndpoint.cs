using System.Text.Json;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Configuration;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Maintenance;

/// <summary><c>GET /api/reload</c>: 200 even where errors kept the settings from being taken up. A part alone is not held up by them.</summary>
internal sealed class ReloadEndpoint(RunningConfiguration configuration) : IEndpoint
{
    public SandboxResponse Answer(ApiCall call)
    {
        if (call.Method != "GET")
        {
            throw Refusal.NoSuchResource();
        }

        call.Caller.Require("settings-reload");
        bool isPart = call.Element(1) is "lookup" or "certificate" or "server.blocked-ip";
        IReadOnlyList<SettingsProblem> errors = isPart ? [] : configuration.Check();
        if (!isPart && errors.Count == 0 && !call.Query.Has("dry-run"))
        {
            configuration.Apply();
        }

        return Answers.Data(json =>
        {
            json.WriteStartObject();
            Write(json, "warnings", isPart ? [] : configuration.Warn());
            Write(json, "errors", errors);
            json.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<SettingsProblem> problems)
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
