Context 'The spam filter' {
    BeforeAll {
        $bytes = [Text.Encoding]::ASCII.GetBytes(((New-LiveMessage 'Earn money fast' -Text "Buy $Prefix pills") -replace '\r?\n', "`r`n"))
    }

    It 'learns a message as <Class><For>' -ForEach @(
        @{ Class = 'Spam'; For = '' }
        @{ Class = 'Ham'; For = '' }
        @{ Class = 'Spam'; For = ' for an account' }
        @{ Class = 'Ham'; For = ' for an account' }
    ) {
        $account = $For ? @{ Account = $Live.Bob.Name } : @{}
        Confirm-Operation 'POST /jmap/upload/{account}/', 'x:SpamTrainingSample/set' -Cmdlet "Invoke-MailSpamTraining -Class $Class" -How 'the bytes of the message on the wire; a raw get of the sample has its class and its sender' {
            $from = $Live.Wire.Count
            $result = Invoke-MailSpamTraining -Message $bytes -Class $Class @account -Confirm:$false -WarningAction Ignore
            [Convert]::ToBase64String(@(Find-WireCall 'POST /jmap/upload/{account}/' $from)[-1].Body) | Should -BeExactly ([Convert]::ToBase64String($bytes))
            "$($result.Class) $($result.Status)" | Should -Be "$Class Stored"
            $sent = @(Find-WireCreation x:SpamTrainingSample/set $from)[-1]
            $sent['accountId'] | Should -Be ($For ? $Live.Bob.Id : $null)
            $id = [regex]::Match(@(Find-WireCall x:SpamTrainingSample/set $from)[-1].Answer, '"created":\{[^}]*"id":"([^"]+)"').Groups[1].Value
            $raw = Get-RawObject SpamTrainingSample $id
            $raw.isSpam | Should -Be ($Class -eq 'Spam')
            $raw.from | Should -Be $Live.Sender
            Remove-RawObject SpamTrainingSample $id
        }
    }

    It 'learns from what is stored' {
        if (-not $env:MAILADMIN_LIVE_WHOLE_SERVER) {
            Skip-Operation 'x:Task/set' -Cmdlet 'Invoke-MailSpamTraining -StartTraining' -Because 'it uses up samples that are not the suite''s: MAILADMIN_LIVE_WHOLE_SERVER=1 does it'
            return
        }
        Confirm-Operation 'x:Task/set' -Cmdlet 'Invoke-MailSpamTraining -StartTraining' -How 'the task on the wire' {
            $from = $Live.Wire.Count
            $task = Invoke-MailSpamTraining -StartTraining -Confirm:$false
            @(Find-WireCreation x:Task/set $from)[-1].maintenanceType | Should -Be train
            $task.Kind | Should -Be SpamFilterMaintenance
        }
    }

    It 'judges a message' {
        Confirm-Operation 'x:Action/set' -Cmdlet Test-MailSpam -How 'score and tags of a raw action with the same message' {
            $shown = Test-MailSpam -Message $bytes -RemoteIp 192.0.2.1 -From $Live.Sender -To $Live.Bob.Address -EhloDomain "client.$Domain"
            $raw = New-RawObject Action @{
                '@type' = 'ClassifySpam'; message = [Text.Encoding]::ASCII.GetString($bytes); remoteIp = '192.0.2.1'; ehloDomain = "client.$Domain"; isTls = $false
                envFrom = $Live.Sender; envRcptTo = @{ $Live.Bob.Address = $true }
            }
            [Math]::Abs($shown.Score - $raw.score) | Should -BeLessThan 0.05
            $tags = $raw.tags.Keys | Where-Object { $_ -notlike 'X_HDR_*' } | Sort-Object
            @($shown.Tag.Name | Where-Object { $_ -notlike 'X_HDR_*' } | Sort-Object) | Should -Be $tags
        }
    }
}
