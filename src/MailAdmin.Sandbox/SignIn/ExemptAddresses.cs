using System.Net;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.SignIn;

/// <summary>The addresses without limits and bans: loopback, and those that the settings in force allow.</summary>
/// <param name="settings">The settings in force.</param>
/// <param name="clock">The server's clock.</param>
/// <param name="treatAllAsLoopback">Whether every address counts as loopback.</param>
internal sealed class ExemptAddresses(SettingsInForce settings, TimeProvider clock, bool treatAllAsLoopback)
{
    public bool Contains(IPAddress address) =>
        treatAllAsLoopback || IPAddress.IsLoopback(address) || Networks.In(settings.List("AllowedIp"), clock.GetUtcNow()).Any(network => network.Contains(address));
}
