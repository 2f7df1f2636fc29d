using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Access;

namespace MailAdmin.Sandbox.Jmap;

/// <summary>A call of a method that is not about the objects of the registry.</summary>
/// <param name="Arguments">The arguments, references resolved.</param>
/// <param name="Caller">Who calls.</param>
/// <param name="AccountId">The account acted for.</param>
/// <param name="Limits">The limits in force.</param>
internal sealed record AccountCall(JsonObject Arguments, ICallerRights Caller, ulong AccountId, JmapLimits Limits);
