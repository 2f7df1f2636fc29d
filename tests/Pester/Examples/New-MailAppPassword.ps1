@{
    1 = @{ Before = Get-SignIn jane.doe }
    2 = @{ Before = Get-SignIn jane.doe }
    3 = @{ Before = Get-SignIn jane.doe }
}
