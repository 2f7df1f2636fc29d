namespace MailAdmin.Sandbox.SpamFilter;

/// <summary>A naive Bayes model: in how many messages of spam and of ham each word occurred.</summary>
internal sealed class SpamModel
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, (int Spam, int Ham)> words = new(StringComparer.Ordinal);
    private int spam;
    private int ham;

    /// <summary>Learns from one message.</summary>
    public void Train(IEnumerable<string> wordsOfMessage, bool isSpam)
    {
        lock (gate)
        {
            _ = isSpam ? spam++ : ham++;
            foreach (var word in wordsOfMessage)
            {
                var count = words.GetValueOrDefault(word);
                words[word] = isSpam ? (count.Spam + 1, count.Ham) : (count.Spam, count.Ham + 1);
            }
        }
    }

    /// <summary>How probable it is that a message with these words is spam; null while fewer were learnt of either kind than are asked for.</summary>
    public double? Probability(IEnumerable<string> wordsOfMessage, int minimumSpam, int minimumHam)
    {
        lock (gate)
        {
            if (spam == 0 || ham == 0 || spam < minimumSpam || ham < minimumHam)
                return null;
            var odds = 0.0;
            foreach (var word in wordsOfMessage)
            {
                // One message more of each kind, half of them with the word: a word seen once is no proof, an unknown one says nothing.
                if (words.TryGetValue(word, out var count))
                    odds += Math.Log((count.Spam + 0.5) / (spam + 1)) - Math.Log((count.Ham + 0.5) / (ham + 1));
            }

            return 1 / (1 + Math.Exp(-odds));
        }
    }
}
