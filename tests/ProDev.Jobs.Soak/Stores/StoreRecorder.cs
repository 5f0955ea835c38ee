using System.Reflection;

namespace ProDev.Jobs.Soak;

/// <summary>
/// Stands between a worker and its store: writes into the ledger which ends the store has taken and refused, and kills or deceives the worker when told. Made
/// at run time from the interface, so that it follows the seam by itself.
/// </summary>
public class StoreRecorder : DispatchProxy
{
    private IJobStore _inner = null!;
    private Ledger _ledger = null!;
    private JoinDeath? _death;
    private bool _isBlind;

    /// <param name="inner">The store; disposed with the recorder.</param>
    /// <param name="ledger">Where it writes.</param>
    /// <param name="death">When the process is to kill itself; <see langword="null"/> for never.</param>
    /// <param name="isBlind">Whether the worker is to believe that its leases last for ever.</param>
    public static IJobStore Create(IJobStore inner, Ledger ledger, JoinDeath? death = null, bool isBlind = false)
    {
        IJobStore store = Create<IJobStore, StoreRecorder>();
        var recorder = (StoreRecorder)store;
        (recorder._inner, recorder._ledger, recorder._death, recorder._isBlind) = (inner, ledger, death, isBlind);
        return store;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        nameof(IJobStore.CompleteAsync) => new ValueTask<IReadOnlyList<bool>>(CompleteAsync((IReadOnlyList<JobCompletion>)args![0]!, (CancellationToken)args[1]!)),
        nameof(IJobStore.DeadLetterAsync) => new ValueTask<IReadOnlyList<bool>>(DeadLetterAsync((IReadOnlyList<JobDeath>)args![0]!, (CancellationToken)args[1]!)),
        nameof(IJobStore.ExtendAsync) when _isBlind => new ValueTask<IReadOnlyList<bool>>(Extended((IReadOnlyList<JobLease>)args![0]!)),
        _ => targetMethod.Invoke(_inner, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null),
    };

    private async Task<IReadOnlyList<bool>> CompleteAsync(IReadOnlyList<JobCompletion> completions, CancellationToken cancellationToken)
    {
        bool dies = _death is not null && completions.Any(static c => c.FollowUp?.Contribution is not null) && _death.IsNow();
        if (dies)
            _death!.Before();
        Task<IReadOnlyList<bool>> completing = _inner.CompleteAsync(completions, cancellationToken).AsTask();
        if (dies)
            await _death!.DuringAsync();
        IReadOnlyList<bool> answers = await completing;
        if (dies)
            _death!.After();
        Write(completions.Select(static c => c.Lease), answers);
        return answers;
    }

    private async Task<IReadOnlyList<bool>> DeadLetterAsync(IReadOnlyList<JobDeath> deaths, CancellationToken cancellationToken)
    {
        IReadOnlyList<bool> answers = await _inner.DeadLetterAsync(deaths, cancellationToken);
        Write(deaths.Select(static d => d.Lease), answers);
        return answers;
    }

    private static Task<IReadOnlyList<bool>> Extended(IReadOnlyList<JobLease> leases)
        => Task.FromResult<IReadOnlyList<bool>>([.. leases.Select(static _ => true)]);

    private void Write(IEnumerable<JobLease> leases, IReadOnlyList<bool> answers)
        => _ledger.Append([.. leases.Select((lease, i) => new LedgerLine(
            answers[i] ? LedgerEvent.Accepted : LedgerEvent.Refused, LedgerLine.NoKey, lease.JobId, Token: lease.Token))]);
}
