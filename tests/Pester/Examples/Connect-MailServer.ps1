@{
    # The page is shown too, and the browser is that of the test.
    6 = @{ Before = { $env:BROWSER = 'no-such-browser' } }
    8 = @{ Before = { Set-Content ./password.txt $SandboxServer.Credential.GetNetworkCredential().Password } }
}
