namespace MailAdmin.Sandbox.Spam;

/// <summary>The trained models: one that all accounts share, and one for each account.</summary>
internal sealed class SpamModels
{
    private readonly Lock _gate = new();
    private readonly Dictionary<uint, SpamModel> _accounts = [];
    private SpamModel _shared = new();

    /// <summary>The model of an account, or the shared one.</summary>
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

    /// <summary>Resets the shared model.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _shared = new SpamModel();
        }
    }

    /// <summary>Resets the model of one account, or of all of them.</summary>
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
