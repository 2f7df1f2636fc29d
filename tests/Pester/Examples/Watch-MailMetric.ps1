@{
    1 = @{ IsEndless = $true }
}
