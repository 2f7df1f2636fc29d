Describe 'each <_>' -ForEach 1, 2 {
    It 'is 1' { Write-Host "said $_"; $_ | Should -Be 1 }
    It 'has a / in "its" name' { $_ | Should -BeGreaterThan 0 }
}
