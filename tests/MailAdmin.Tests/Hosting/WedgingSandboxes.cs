using System.Runtime.CompilerServices;
using MailAdmin.Sandbox;

namespace MailAdmin.Tests.Hosting;

/// <summary>Every sandbox of the tests hangs as a real server does when it is asked too much at once: a test that trips it fails.</summary>
internal static class WedgingSandboxes
{
    public const int WedgeAfter = 4;

    [ModuleInitializer]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2255", Justification = "Before any test makes a sandbox.")]
    internal static void Enable() => SandboxOptions.DefaultWedgeAfter = WedgeAfter;
}
