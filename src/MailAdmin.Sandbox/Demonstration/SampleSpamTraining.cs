using MailAdmin.Sandbox.Spam;

namespace MailAdmin.Sandbox.Demonstration;

/// <summary>The messages that the spam filter of the sample organisation was trained with.</summary>
internal static class SampleSpamTraining
{
    private static readonly string[] s_spam =
    [
        "Earn money fast. Work from home and earn money now, no risk, guaranteed income.",
        "Cheap pills. Buy now, cheap pills without prescription, fast shipping.",
        "You have won the lottery. Claim your prize money now, winner, send your bank account.",
        "Cheap watches. Luxury watches, best price, buy now, limited offer.",
        "Urgent: your account is suspended. Click here to verify your password now.",
        "Lose weight fast. Miracle pills, guaranteed, order now and save money.",
        "Investment offer. Double your money, bitcoin profit guaranteed, act now.",
        "Casino bonus. Free spins, win money, play now, limited offer.",
        "Loan approved. Fast cash, no credit check, click here, apply now.",
        "Dear friend, I am a prince and have million dollars, send your bank account, urgent.",
    ];

    private static readonly string[] s_ham =
    [
        "Minutes of the meeting. Here are the minutes of the meeting on Monday, please send me your corrections.",
        "Agenda for Thursday. Attached is the agenda of the meeting, the room is Aurora.",
        "Offer 2026-118. Dear Ms Doe, thank you for the offer, we have two questions about the delivery.",
        "Release notes. The build is green, the release notes are ready for review by engineering.",
        "Lunch today? Shall we go at noon, the usual place with the team.",
        "Contract renewal. The contract of the customer ends in December, please prepare the renewal.",
        "Maintenance window tonight. The mail server will be down from ten to eleven this evening.",
        "Drawings of last year. I found the drawings in the archive, see attached.",
        "Visit of the customer. They arrive on Tuesday, please book a meeting room and parking.",
        "Holiday request. I would like to take the week after the project review off, is that fine with the team.",
    ];

    public static void Train(SpamModels models)
    {
        foreach (string text in s_spam)
        {
            models[null].Train(MessageText.GetWords(text), isSpam: true);
        }

        foreach (string text in s_ham)
        {
            models[null].Train(MessageText.GetWords(text), isSpam: false);
        }
    }
}
