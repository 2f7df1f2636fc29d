namespace MailAdmin.Sandbox.Spam;

/// <summary>What was learnt from messages: by all for everybody, and by accounts for themselves.</summary>
internal sealed class SpamModels
{
    private readonly Lock _gate = new();
    private readonly Dictionary<uint, SpamModel> _accounts = [];
    private SpamModel _shared = new();

    /// <summary>The model of an account, or everybody's.</summary>
    public SpamModel this[uint? account]
    {
        get
        {
            lock (_gate)
            {
                if (account is not { } id)
                {
                    return _shared;
                }

                if (!_accounts.TryGetValue(id, out SpamModel? model))
                {
                    _accounts[id] = model = new SpamModel();
                }

                return model;
            }
        }
    }

    /// <summary>Forgets what was learnt for everybody.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _shared = new SpamModel();
        }
    }

    /// <summary>Forgets what one account learnt, or all of them.</summary>
    public void ResetAccount(uint? account)
    {
        lock (_gate)
        {
            if (account is { } id)
            {
                _accounts.Remove(id);
            }
            else
            {
                _accounts.Clear();
            }
        }
    }
}
