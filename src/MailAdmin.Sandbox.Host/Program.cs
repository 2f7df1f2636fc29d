using MailAdmin.Sandbox;
using MailAdmin.Sandbox.Host;

// The sandbox over HTTP on loopback:
//   --urls URL                   the address to listen on, http://127.0.0.1:0 by default; port 0 takes any free port
//   --empty                      nothing but the fallback administrator, instead of the sample organisation
//   --admin-password PASSWORD    the fallback administrator's password
//   --edition EDITION            oss (built without the Enterprise code), community (without a licence) or enterprise (with one);
//                                the default is enterprise, and community with --empty
//   --enterprise                 the same as --edition enterprise
//   --wedge-after NUMBER         with more calls at once that read many principals, hang for half a minute, as a real server does
//   --server-version VERSION     the version of the server: 0.11, 0.13, 0.15 or 0.16; 0.11 by default
//   --smtp                       takes mail in over SMTP too, on a free port of loopback
try
{
    var arguments = HostArguments.Parse(args);
    var server = new SandboxServer(arguments.Options);
    RunningSandbox sandbox = await SandboxHost.StartAsync(server, arguments.Url);
    await using (sandbox.ConfigureAwait(false))
    {
        Console.WriteLine($"MailAdmin sandbox listening on {sandbox.BaseUri.ToString().TrimEnd('/')}");
        if (!arguments.TakesMail)
        {
            Console.WriteLine(arguments.DescribeSignIn(sandbox.BaseUri));
            await sandbox.WaitForShutdownAsync();
            return 0;
        }

        var smtp = new SmtpListener(server);
        await using (smtp.ConfigureAwait(false))
        {
            Console.WriteLine($"Mail is taken in at {smtp.EndPoint}");
            Console.WriteLine(arguments.DescribeSignIn(sandbox.BaseUri));
            await sandbox.WaitForShutdownAsync();
        }
    }

    return 0;
}
catch (Exception refused) when (refused is ArgumentException or IOException)
{
    // An invalid option, an address that is not loopback, a port in use.
    await Console.Error.WriteLineAsync(refused.Message);
    return 2;
}
