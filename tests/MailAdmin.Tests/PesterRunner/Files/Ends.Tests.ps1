Describe 'ends' { It 'takes the process with it' { Write-Host 'last words'; [Environment]::Exit(3) } }
