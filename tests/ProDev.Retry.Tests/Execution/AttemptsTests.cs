namespace ProDev.Retry.Tests;

public sealed class AttemptsTests
{
    [Theory]
    // failures before the success, attempts allowed, attempts made, does it succeed
    [InlineData(0, 1, 1, true)]
    [InlineData(0, 3, 1, true)]
    [InlineData(1, 3, 2, true)]
    [InlineData(2, 3, 3, true)]
    [InlineData(3, 3, 3, false)]
    [InlineData(1, 1, 1, false)]
    [InlineData(2049, 3000, 2050, true)]
    public async Task MaxAttemptsCountsAllAttempts_InEveryForm(int failures, int maxAttempts, int expectedAttempts, bool succeeds)
    {
        var policy = TestPolicies.WithoutDelay(maxAttempts);
        Func<int>[] steps = [.. Enumerable.Repeat(Script.Fails(), failures), Script.Returns(42)];

        foreach (var (form, run) in Forms)
        {
            var script = new Script(steps);
            var exception = await Record.ExceptionAsync(() => run(policy, script));

            Assert.True(exception is null == succeeds, $"{form}: {exception}");
            Assert.True(script.Attempts == expectedAttempts, $"{form}: {script.Attempts} attempts");
            if (!succeeds)
                Assert.IsType<IOException>(exception);
        }
    }

    [Fact]
    public async Task ResultOfTheSuccessfulAttemptIsReturned_InEveryFormWithAResult()
    {
        var policy = TestPolicies.WithoutDelay();
        Script NewScript() => new(Script.Fails(), Script.Returns(42));

        Assert.Equal(42, await policy.ExecuteAsync(NewScript().RunAsync));
        Assert.Equal(42, await policy.ExecuteAsync(NewScript().RunLaterAsync));
        Assert.Equal(42, await policy.ExecuteAsync(NewScript(), static (s, token) => s.RunAsync(token)));
        Assert.Equal(42, await policy.ExecuteAsync(NewScript(), static (s, token) => s.RunLaterAsync(token).AsTask()));
        var script = NewScript();
        Assert.Equal(42, await policy.ExecuteAsync(token => script.RunLaterAsync(token).AsTask()));
        Assert.Equal(42, await policy.ExecuteAsync<ScriptOperation, int>(new ScriptOperation(NewScript())));
        script = NewScript();
        Assert.Equal(42, policy.Execute(_ => script.Next()));
        Assert.Equal(42, policy.Execute(NewScript(), static (s, _) => s.Next()));
        Assert.Equal(42, policy.Execute<ScriptOperation, int>(new ScriptOperation(NewScript())));
    }

    [Fact]
    public async Task AsyncLambdasBindToTheValueTaskForms_WhenBothWouldFit()
    {
        var policy = TestPolicies.WithoutDelay();
        var script = new Script(Script.Returns(3));

        int result = await policy.ExecuteAsync(async token => await script.RunLaterAsync(token));
        int fromState = await policy.ExecuteAsync(script, static async (s, token) => await s.RunLaterAsync(token));
        await policy.ExecuteAsync(async token =>
        {
            await script.RunLaterAsync(token);
        });
        await policy.ExecuteAsync(script, static async (s, token) =>
        {
            await s.RunLaterAsync(token);
        });
        await policy.ExecuteAsync(_ => Task.CompletedTask);

        Assert.Equal((3, 3), (result, fromState));
    }

    [Fact]
    public async Task ExceptionComesFromTheTask_WhenTheOperationThrowsBeforeItsFirstAwait()
    {
        var policy = TestPolicies.WithoutDelay();

        var call = policy.ExecuteAsync<int>(static ValueTask<int> (_) => throw new NotSupportedException()).AsTask();
        var plain = policy.ExecuteAsync(static ValueTask (_) => throw new NotSupportedException()).AsTask();

        await Assert.ThrowsAsync<NotSupportedException>(() => call);
        await Assert.ThrowsAsync<NotSupportedException>(() => plain);
    }

    [Fact]
    public void NullOperationIsRefused_InEveryForm()
    {
        var policy = TestPolicies.WithoutDelay();

        Assert.Throws<ArgumentNullException>("operation", () => { _ = policy.ExecuteAsync((Func<CancellationToken, ValueTask<int>>)null!).AsTask(); });
        Assert.Throws<ArgumentNullException>("operation", () => { _ = policy.ExecuteAsync((Func<CancellationToken, Task<int>>)null!).AsTask(); });
        Assert.Throws<ArgumentNullException>("operation", () => { _ = policy.ExecuteAsync((Func<CancellationToken, ValueTask>)null!).AsTask(); });
        Assert.Throws<ArgumentNullException>("operation", () => { _ = policy.ExecuteAsync((Func<CancellationToken, Task>)null!).AsTask(); });
        Assert.Throws<ArgumentNullException>("operation", () => { _ = policy.ExecuteAsync(1, (Func<int, CancellationToken, ValueTask<int>>)null!).AsTask(); });
        Assert.Throws<ArgumentNullException>("operation", () => { _ = policy.ExecuteAsync(1, (Func<int, CancellationToken, Task<int>>)null!).AsTask(); });
        Assert.Throws<ArgumentNullException>("operation", () => { _ = policy.ExecuteAsync(1, (Func<int, CancellationToken, ValueTask>)null!).AsTask(); });
        Assert.Throws<ArgumentNullException>("operation", () => { _ = policy.ExecuteAsync(1, (Func<int, CancellationToken, Task>)null!).AsTask(); });
        Assert.Throws<ArgumentNullException>("operation", () => policy.Execute((Func<CancellationToken, int>)null!));
        Assert.Throws<ArgumentNullException>("operation", () => policy.Execute((Action<CancellationToken>)null!));
        Assert.Throws<ArgumentNullException>("operation", () => policy.Execute(1, (Func<int, CancellationToken, int>)null!));
        Assert.Throws<ArgumentNullException>("operation", () => policy.Execute(1, (Action<int, CancellationToken>)null!));
    }

    private static readonly (string Form, Func<RetryPolicy, Script, Task> Run)[] Forms =
    [
        ("ValueTask<T>", (p, s) => p.ExecuteAsync(s.RunAsync).AsTask()),
        ("ValueTask<T>, later", (p, s) => p.ExecuteAsync(s.RunLaterAsync).AsTask()),
        ("ValueTask<T> with state", (p, s) => p.ExecuteAsync(s, static (s, token) => s.RunAsync(token)).AsTask()),
        ("Task<T>", (p, s) => p.ExecuteAsync(token => s.RunLaterAsync(token).AsTask()).AsTask()),
        ("Task<T> with state", (p, s) => p.ExecuteAsync(s, static (s, token) => s.RunLaterAsync(token).AsTask()).AsTask()),
        ("ValueTask", (p, s) => p.ExecuteAsync(async ValueTask (token) => await s.RunLaterAsync(token)).AsTask()),
        ("ValueTask with state", (p, s) => p.ExecuteAsync(s, static async ValueTask (s, token) => await s.RunAsync(token)).AsTask()),
        ("Task", (p, s) => p.ExecuteAsync(async Task (token) => await s.RunLaterAsync(token)).AsTask()),
        ("Task with state", (p, s) => p.ExecuteAsync(s, static async Task (s, token) => await s.RunAsync(token)).AsTask()),
        ("struct with result", (p, s) => p.ExecuteAsync<ScriptOperation, int>(new ScriptOperation(s)).AsTask()),
        ("struct", (p, s) => p.ExecuteAsync(new PlainScriptOperation(s)).AsTask()),
        ("sync", (p, s) => Task.Run(() => p.Execute(_ => s.Next()))),
        ("sync with state", (p, s) => Task.Run(() => p.Execute(s, static (s, _) => s.Next()))),
        ("sync action", (p, s) => Task.Run(() => p.Execute(_ => { s.Next(); }))),
        ("sync action with state", (p, s) => Task.Run(() => p.Execute(s, static (s, _) => { s.Next(); }))),
        ("sync struct with result", (p, s) => Task.Run(() => p.Execute<ScriptOperation, int>(new ScriptOperation(s)))),
        ("sync struct", (p, s) => Task.Run(() => p.Execute(new PlainScriptOperation(s)))),
    ];

    private readonly struct ScriptOperation(Script script) : IRetryOperation<int>, ISyncRetryOperation<int>
    {
        public ValueTask<int> InvokeAsync(CancellationToken cancellationToken) => script.RunAsync(cancellationToken);

        public int Invoke(CancellationToken cancellationToken) => script.Next();
    }

    private readonly struct PlainScriptOperation(Script script) : IRetryOperation, ISyncRetryOperation
    {
        public async ValueTask InvokeAsync(CancellationToken cancellationToken) => await script.RunAsync(cancellationToken);

        public void Invoke(CancellationToken cancellationToken) => script.Next();
    }
}
