namespace MailAdmin.Sandbox.SpamFilter;

/// <summary>What was learnt from messages: by all for everybody, and by accounts for themselves.</summary>
internal sealed class SpamModels
{
    private readonly Lock gate = new();
    private readonly Dictionary<uint, SpamModel> accounts = [];
    private SpamModel everybody = new();

    /// <summary>The model of an account, or everybody's.</summary>
    public SpamModel this[uint? account]
    {
        get
        {
            lock (gate)
            {
                if (account is not { } id)
                    return everybody;
                if (!accounts.TryGetValue(id, out var model))
                    accounts[id] = model = new SpamModel();
                return model;
            }
        }
    }

    /// <summary>Forgets what was learnt for everybody.</summary>
    public void Forget()
    {
        lock (gate)
            everybody = new SpamModel();
    }

    /// <summary>Forgets what one account learnt, or all of them.</summary>
    public void ForgetAccount(uint? account)
    {
        lock (gate)
        {
            if (account is { } id)
                accounts.Remove(id);
            else
                accounts.Clear();
        }
    }
}
