using System.Text.Json;
using MailAdmin.Sandbox.Api;

namespace MailAdmin.Sandbox.Principals;

/// <summary>Tells the calls for which a real server reads many principals: whoever is a member, one store call each.</summary>
internal sealed class ExpandedCalls(PrincipalStore store)
{
    public bool IsExpanded(ApiCall call)
    {
        Operation operation = call.Operation;
        if (operation == Operations.ListPrincipals)
        {
            const PrincipalField References = PrincipalFields.Memberships | PrincipalField.Members | PrincipalField.Tenant;
            return (PrincipalFields.ParseList(call.Query["fields"]) & References) != 0 && !call.Query.Contains("count");
        }
        if (operation == Operations.CreatePrincipal)
        {
            using JsonDocument body = call.ParseBody();
            return body.RootElement.ValueKind == JsonValueKind.Object
                && body.RootElement.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String
                && IsExpanded(PrincipalTypes.Parse(type.GetString()));
        }
        bool isByName = operation == Operations.GetPrincipal || operation == Operations.PatchPrincipal || operation == Operations.DeletePrincipal;
        return isByName && IsExpanded(store.Find(call.GetDecodedSegment(1))?.Type);
    }

    private static bool IsExpanded(PrincipalType? type) =>
        type is PrincipalType.Group or PrincipalType.List or PrincipalType.Role or PrincipalType.Tenant or PrincipalType.Domain;
}
