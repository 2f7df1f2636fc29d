namespace MailAdmin.Sandbox.Spam;

/// <summary>A naive Bayes model: in how many messages of spam and of ham each word occurred.</summary>
internal sealed class SpamModel
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Spam, int Ham)> _words = new(StringComparer.Ordinal);
    private int _spamCount;
    private int _hamCount;

    /// <summary>Learns from one message.</summary>
    public void Train(IEnumerable<string> wordsOfMessage, bool isSpam)
    {
        lock (_gate)
        {
            _ = isSpam ? _spamCount++ : _hamCount++;
            foreach (string word in wordsOfMessage)
            {
                (int Spam, int Ham) count = _words.GetValueOrDefault(word);
                _words[word] = isSpam ? (count.Spam + 1, count.Ham) : (count.Spam, count.Ham + 1);
            }
        }
    }

    /// <summary>The probability that a message with these words is spam; null while there are fewer trained messages of either kind than required.</summary>
    public double? ComputeProbability(IEnumerable<string> wordsOfMessage, int minSpam, int minHam)
    {
        lock (_gate)
        {
            if (_spamCount == 0 || _hamCount == 0 || _spamCount < minSpam || _hamCount < minHam)
            {
                return null;
            }

            double odds = 0.0;
            foreach (string word in wordsOfMessage)
            {
                // Smoothing: one more message of each kind, half of them with the word. A word seen once is not proof, an unknown word is neutral.
                if (_words.TryGetValue(word, out (int Spam, int Ham) count))
                {
                    odds += Math.Log((count.Spam + 0.5) / (_spamCount + 1)) - Math.Log((count.Ham + 0.5) / (_hamCount + 1));
                }
            }

            return 1 / (1 + Math.Exp(-odds));
        }
    }
}
