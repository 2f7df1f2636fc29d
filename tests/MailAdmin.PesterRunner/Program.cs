// Runs the Pester tests of tests/Pester in real PowerShell, as tests of dotnet test.
using MailAdmin.PesterRunner;
using Microsoft.Testing.Platform.Builder;
using Microsoft.Testing.Platform.Capabilities.TestFramework;
using Microsoft.Testing.Platform.Helpers;
using Microsoft.Testing.Platform.Services;

ITestApplicationBuilder builder = await TestApplication.CreateBuilderAsync(args);
builder.CommandLine.AddProvider(() => new PesterOptions());
builder.AddTreeNodeFilterService(new PesterOptions());
builder.RegisterTestFramework(_ => new TestFrameworkCapabilities(), (_, services) => new PesterFramework(services.GetCommandLineOptions()));
using ITestApplication application = await builder.BuildAsync();
return await application.RunAsync();
