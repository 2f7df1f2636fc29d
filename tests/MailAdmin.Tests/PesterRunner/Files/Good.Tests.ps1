Describe 'good' { It 'passes' { 1 | Should -Be 1 } }
