namespace ProDev.Jobs.Sqlite;

internal sealed class WriteOperation<TResult> : WriteOperation
{
    private readonly TaskCompletionSource<TResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<SqliteWriter, TResult> _change;
    private readonly CancellationTokenRegistration _registration;
    private TResult? _result;

    public WriteOperation(Func<SqliteWriter, TResult> change, bool wakes, CancellationToken cancellationToken)
    {
        _change = change;
        Wakes = wakes;
        _registration = cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var self = (WriteOperation<TResult>)state!;
                if (self.TryCancel())
                    self._completion.TrySetCanceled(token);
            },
            this);
    }

    public Task<TResult> Task => _completion.Task;

    public override void Execute(SqliteWriter writer) => _result = _change(writer);

    public override void Succeed()
    {
        _registration.Dispose();
        _completion.TrySetResult(_result!);
    }

    public override void Fail(Exception exception)
    {
        _registration.Dispose();
        _completion.TrySetException(exception);
    }
}
