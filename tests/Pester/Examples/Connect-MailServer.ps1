@{
    7 = @{ Before = { Set-Content ./password.txt $SandboxServer.Credential.GetNetworkCredential().Password } }
}
