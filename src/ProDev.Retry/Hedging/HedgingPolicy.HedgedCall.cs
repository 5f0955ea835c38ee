using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace ProDev.Retry;

public sealed partial class HedgingPolicy
{
    /// <summary>
    /// One call whose first copy did not simply succeed. Only <see cref="RunAsync"/> reads and changes it; copies that end and
    /// the timer do no more than wake it.
    /// </summary>
    private sealed class HedgedCall<TOperation, T>(HedgingPolicy policy, TOperation operation, CancellationToken cancellationToken)
        where TOperation : struct, IRetryOperation<T>
    {
        private readonly List<HedgedCopy<T>> _running = new(policy._maxAttempts);
        private readonly Wakeup _wakeup = new();
        private Action? _wake;
        private readonly List<HedgedCopy<T>> _failed = [];
        private object? _returned;
        private ITimer? _timer;
        private volatile bool _delayPassed = policy._delay == TimeSpan.Zero;
        private int _started = 1;
        private bool _isRefused;

        // What the copies took from the budget, which the budget keeps here.
        private int _held;

        private bool MayStart => _started < policy._maxAttempts && !_isRefused && !cancellationToken.IsCancellationRequested;

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
        public async ValueTask<T> RunAsync(HedgedCopy<T> first)
        {
            try
            {
                Add(first);
                while (true)
                {
                    if (TakeEnded() is { } ended)
                    {
                        if (ended.Failure() is { } failure)
                            ThrowIfFinal(ended, failure);
                        else if (!IsFailure(ended))
                            return Win(ended);
                        _failed.Add(ended);
                        if (!TryStart(ended) && _running.Count == 0)
                            return await SurfaceAsync().ConfigureAwait(false);
                    }
                    else if (!_delayPassed || !TryStart(failed: null))
                    {
                        SetTimer();
                        await _wakeup.WaitAsync().ConfigureAwait(false);
                    }
                }
            }
            finally
            {
                End();
            }
        }

        private void Add(HedgedCopy<T> copy)
        {
            _running.Add(copy);
            if (!copy.Call.IsCompleted)
                copy.Call.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(_wake ??= _wakeup.Signal);
        }

        private HedgedCopy<T>? TakeEnded()
        {
            for (var i = 0; i < _running.Count; i++)
            {
                if (!_running[i].Call.IsCompleted)
                    continue;
                var ended = _running[i];
                _running.RemoveAt(i);
                return ended;
            }

            return null;
        }

        /// <summary>Ends the call with the caller's cancellation, or with a failure that no other copy would be without.</summary>
        private void ThrowIfFinal(HedgedCopy<T> ended, Exception failure)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                if (failure is OperationCanceledException cancelled && cancelled.CancellationToken == cancellationToken)
                    ExceptionDispatchInfo.Throw(failure);
                throw HedgingExceptions.Cancelled(ended.Attempt, failure, cancellationToken);
            }

            if (!Judge(ended.Attempt, failure))
                ExceptionDispatchInfo.Throw(failure);
        }

        private bool Judge(int attempt, Exception failure)
        {
            if (policy._shouldHedge is not { } judge)
                return DefaultClassifier.IsRetried(failure);

            try
            {
                return judge(new ShouldHedgeArguments(attempt, failure));
            }
            catch (Exception callback)
            {
                throw HedgingExceptions.CallbackThrew(nameof(HedgingOptions.ShouldHedge), attempt, callback, failure);
            }
        }

        private bool IsFailure(HedgedCopy<T> ended)
        {
            if (policy._resultPredicates is not { } predicates)
                return false;

            try
            {
                return predicates.Any(predicate => predicate is Func<T, bool> isFailure && isFailure(ended.Result));
            }
            catch (Exception callback)
            {
                // Nobody gets the result.
                _running.Add(ended);
                throw HedgingExceptions.CallbackThrew(nameof(HedgingOptions.HedgeResult), ended.Attempt, callback, copyFailure: null);
            }
        }

        private T Win(HedgedCopy<T> winner)
        {
            policy._budget?.OnSuccess(ref _held);
            if (winner.Attempt > 1)
                HedgingTelemetry.Won(policy._name);
            return Return(winner.Result);
        }

        /// <summary>The first failure is the outcome of the call if all fail.</summary>
        private async ValueTask<T> SurfaceAsync()
        {
            var failed = _failed[0];
            var isCancelled = cancellationToken.IsCancellationRequested;
            if (isCancelled && failed.Failure() is { } failure)
                throw HedgingExceptions.Cancelled(failed.Attempt, failure, cancellationToken);

            // Each copy that was started has been paid for, and a refusal has told the budget of the last failure.
            if (!_isRefused && !isCancelled)
                policy._budget?.OnLastFailure();

            // Its result is the caller's, if it has one.
            _failed.RemoveAt(0);
            return Return(await failed.Call.ConfigureAwait(false));
        }

        // Copies may share a result, such as one that is cached: the caller's must not be disposed with that of a copy that lost.
        private T Return(T result)
        {
            _returned = typeof(T).IsValueType ? null : result;
            return result;
        }

        /// <summary>Starts another copy, if attempts, budget and caller allow one; after a failure, or because the delay passed.</summary>
        private bool TryStart(HedgedCopy<T>? failed)
        {
            if (!MayStart)
                return false;
            if (!IsAffordable())
            {
                _isRefused = true;
                HedgingTelemetry.Refused(policy._name);
                return false;
            }

            _started++;
            Announce(failed);
            HedgingTelemetry.Started(policy._name, failed is not null);
            _delayPassed = policy._delay == TimeSpan.Zero;
            _timer?.Change(MayStart ? policy._delay : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            var token = CopyToken.Rent(cancellationToken);
            Add(new HedgedCopy<T>(_started, token, Invoke<TOperation, T>(operation, token.Token)));
            return true;
        }

        // A copy costs what a retry costs, whether a failure or the delay is its reason.
        private bool IsAffordable() => policy._budget?.OnFailure(isThrottled: false, ref _held) ?? true;

        private void Announce(HedgedCopy<T>? failed)
        {
            if (policy._onHedge is null)
                return;

            var failure = failed?.Failure();
            try
            {
                policy._onHedge(new OnHedgeArguments(_started, failed is not null, failure));
            }
            catch (Exception callback)
            {
                throw HedgingExceptions.CallbackThrew(nameof(HedgingOptions.OnHedge), _started, callback, failure);
            }
        }

        private void SetTimer()
        {
            if (_timer is not null || !MayStart || policy._delay <= TimeSpan.Zero)
                return;

            _timer = policy._time.CreateTimer(
                static call => ((HedgedCall<TOperation, T>)call!).OnDelayPassed(), this, policy._delay, Timeout.InfiniteTimeSpan);
        }

        private void OnDelayPassed()
        {
            _delayPassed = true;
            _wakeup.Signal();
        }

        private void End()
        {
            _timer?.Dispose();
            foreach (var failed in _failed)
                _ = failed.DisposeResultAsync(_returned);
            foreach (var loser in _running)
                _ = loser.AbandonAsync(_returned);
        }
    }
}
