namespace MailAdmin.Client.Jmap;

/// <summary>Reads something whole: once for all who wait for it, and never before they asked.</summary>
/// <param name="readAsync">Reads it.</param>
internal sealed class SharedRead<T>(Func<CancellationToken, Task<T>> readAsync) : Gathering<bool, T>
{
    /// <summary>What it is now.</summary>
    public Task<T> ReadAsync(CancellationToken cancellationToken) => AddAsync(true, cancellationToken);

    protected override bool MayStart(int inProgress, IReadOnlyList<GatheredWork<bool, T>> waiting) => inProgress == 0;

    protected override IReadOnlyList<GatheredWork<bool, T>> Choose(IReadOnlyList<GatheredWork<bool, T>> waiting) => [.. waiting];

    protected override async Task<IReadOnlyList<T>> SendAsync(IReadOnlyList<bool> works, CancellationToken cancellationToken)
    {
        T read = await readAsync(cancellationToken).ConfigureAwait(false);
        return [.. works.Select(_ => read)];
    }
}
