namespace MailAdmin.Sandbox.Reports;

/// <summary>Fills a store when it is first used.</summary>
internal sealed class DeferredFill
{
    private Action? _fill;

    public void Set(Action fill) => _fill = fill;

    /// <summary>Fills the store the first time. Forgotten before it runs, because a fill uses the store itself.</summary>
    public void Run()
    {
        Action? fill = _fill;
        _fill = null;
        fill?.Invoke();
    }
}
