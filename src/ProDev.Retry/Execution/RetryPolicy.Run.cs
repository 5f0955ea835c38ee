using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace ProDev.Retry;

public sealed partial class RetryPolicy
{
    /// <summary>
    /// What one call has to know once its first attempt did not simply succeed: every decision between two attempts. The
    /// three loops (with result, without, synchronous) only invoke, await and ask.
    /// </summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Run(RetryPolicy policy, long started, CancellationToken cancellationToken)
    {
        private Exception? _failure;
        private Exception? _end;
        private bool _isRefused;
        private int _held;

        public int Attempt { get; private set; } = 1;

        public TimeSpan Delay { get; private set; }

        /// <summary>
        /// Judges an exception inside of an exception filter. False lets it pass to the caller untouched, with its stack and
        /// without the cost of a second throw. It must not throw: the runtime would swallow that.
        /// </summary>
        public bool Catches(Exception exception)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                if (exception is OperationCanceledException cancelled && cancelled.CancellationToken == cancellationToken)
                    return false;
                _end = RetryExceptions.CancelledDuring(Attempt, exception, cancellationToken);
                return true;
            }

            _failure = exception;
            try
            {
                return Judge(exception) && PlanRetry();
            }
            catch (Exception callback)
            {
                _end = callback;
                return true;
            }
        }

        /// <summary>Judges a result, once; true if another attempt follows.</summary>
        public bool Refuses<T>(T result)
        {
            if (_isRefused)
                return true;
            if (policy._resultPredicates is not { } predicates || !IsRefused(predicates, result))
            {
                Succeed();
                return false;
            }

            _failure = null;
            _isRefused = !cancellationToken.IsCancellationRequested && PlanRetry();
            return _isRefused;
        }

        /// <summary>Tells the budget that an attempt succeeded.</summary>
        public void Succeed() => policy._budget?.OnSuccess(ref _held);

        /// <summary>Ends the call if the filter decided so; otherwise tells the observer that a retry follows.</summary>
        public readonly void Announce()
        {
            if (_end is not null)
                throw _end;
            if (policy._onRetry is null)
                return;

            try
            {
                policy._onRetry(new OnRetryArguments(Attempt, Delay, _failure));
            }
            catch (Exception callback)
            {
                throw RetryExceptions.CallbackThrew(nameof(RetryOptions.OnRetry), Attempt, callback, _failure);
            }
        }

        /// <summary>A delay that ends early because of the caller completes here as well, and <see cref="StartNext"/> throws.</summary>
        public readonly ConfiguredTaskAwaitable DelayAsync() => Task
            .Delay(Delay, policy._time, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        public readonly void Sleep()
        {
            // The system's clock needs no thread of the pool to wake this one; a test's clock has to fire a timer.
            if (ReferenceEquals(policy._time, TimeProvider.System))
                cancellationToken.WaitHandle.WaitOne(Delay);
            else
                Task.WaitAny(Task.Delay(Delay, policy._time, cancellationToken));
        }

        /// <summary>Whether the delay took longer than planned and left no time for an attempt.</summary>
        public readonly bool IsTooLate() => !cancellationToken.IsCancellationRequested && Remaining() <= TimeSpan.Zero;

        public readonly void ThrowFailure()
        {
            if (_failure is not null)
                ExceptionDispatchInfo.Throw(_failure);
        }

        public void StartNext()
        {
            if (cancellationToken.IsCancellationRequested)
                throw RetryExceptions.CancelledBefore(Attempt + 1, _failure, cancellationToken);
            _isRefused = false;
            Attempt++;
        }

        private readonly bool Judge(Exception exception)
        {
            if (policy._shouldRetry is not { } judge)
                return DefaultClassifier.IsRetried(exception);

            try
            {
                return judge(new ShouldRetryArguments(Attempt, exception)) == RetryDecision.Retry;
            }
            catch (Exception callback)
            {
                throw RetryExceptions.CallbackThrew(nameof(RetryOptions.ShouldRetry), Attempt, callback, exception);
            }
        }

        private readonly bool IsRefused<T>(Delegate[] predicates, T result)
        {
            try
            {
                foreach (var predicate in predicates)
                {
                    if (predicate is Func<T, bool> refuses && refuses(result))
                        return true;
                }

                return false;
            }
            catch (Exception callback)
            {
                throw RetryExceptions.CallbackThrew(nameof(RetryOptions.RetryResult), Attempt, callback, attemptFailure: null);
            }
        }

        private bool PlanRetry()
        {
            // The budget hears of each failure worth a retry, and is asked to pay for those only that can still be made.
            if (FitsAnother())
                return policy._budget?.OnFailure(isThrottled: false, ref _held) ?? true;

            policy._budget?.OnLastFailure();
            return false;
        }

        private bool FitsAnother()
        {
            if (Attempt >= policy._maxAttempts)
                return false;
            Delay = NextDelay();
            return Delay < Remaining();
        }

        private readonly TimeSpan NextDelay()
        {
            try
            {
                return policy._backoff.After(Attempt);
            }
            catch (Exception callback)
            {
                throw RetryExceptions.CallbackThrew(nameof(RetryOptions.Randomizer), Attempt, callback, _failure);
            }
        }

        private readonly TimeSpan Remaining() => policy._deadline is { } deadline
            ? deadline - policy._time.GetElapsedTime(started)
            : TimeSpan.MaxValue;
    }
}
