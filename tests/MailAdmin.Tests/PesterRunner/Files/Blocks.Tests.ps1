Describe 'before' { BeforeAll { throw 'no start' }; It 'never runs' { 1 } }
Describe 'after' { AfterAll { throw 'no end' }; It 'runs' { 1 } }
Describe 'left out' { It 'says why' { Set-ItResult -Skipped -Because 'of the moon' } }
