namespace MailAdmin.Tests.Hosting;

public sealed class ParallelImportTests
{
    [Fact]
    public async Task Runspaces_import_at_the_same_time()
    {
        for (int round = 0; round < 2; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() =>
            {
                using var shell = new HostedShell();
                shell.Run("Get-MailConnection").ShouldHaveNoErrors();
            })));
        }
    }
}
