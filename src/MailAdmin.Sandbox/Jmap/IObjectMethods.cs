using System.Text.Json.Nodes;

namespace MailAdmin.Sandbox.Jmap;

/// <summary>The methods of a type, or of many.</summary>
internal interface IObjectMethods
{
    JsonObject Get(MethodContext call);

    JsonObject Query(MethodContext call);

    JsonObject Set(MethodContext call);
}
