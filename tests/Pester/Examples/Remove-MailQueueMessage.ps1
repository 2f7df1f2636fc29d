@{
    1 = @{ Changes = { -not (Get-MailQueueMessage -From siobhan.obrien) } }
    2 = @{
        Changes = {
            $message = Get-MailQueueMessage -To news-fr@partner.example
            ($message.Recipient | Where-Object Address -EQ news-de@partner.example).Status -eq 'PermanentFailure'
        }
    }
}
