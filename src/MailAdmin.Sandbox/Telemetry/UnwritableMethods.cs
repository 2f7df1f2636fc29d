using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Jmap;

namespace MailAdmin.Sandbox.Telemetry;

/// <summary>The methods of a type whose objects only the server writes.</summary>
/// <param name="usual">Reads them.</param>
internal sealed class UnwritableMethods(IObjectMethods usual) : IObjectMethods
{
    public JsonObject Get(MethodContext call) => usual.Get(call);

    public JsonObject Query(MethodContext call) => usual.Query(call);

    public JsonObject Set(MethodContext call) => MetricMethods.RefuseSet(call);
}
