@{
    3 = @{ Changes = { Test-Path ./mail-keys.txt } }
}
