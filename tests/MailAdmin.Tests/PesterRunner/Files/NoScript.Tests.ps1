Describe 'open' { It 'has no end' {
