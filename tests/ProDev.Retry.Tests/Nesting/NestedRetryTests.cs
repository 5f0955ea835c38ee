namespace ProDev.Retry.Tests;

public sealed class NestedRetryTests
{
    public static TheoryData<string> Forms => ["async", "later", "plain", "plain later", "sync"];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task BackendIsCalledFourTimes_WhenThreeLayersOfFourAttemptsMeetAnOutage(string form)
    {
        var layers = Enumerable.Range(0, 3).Select(_ => TestPolicies.WithoutDelay(4)).ToArray();

        Assert.Equal(4, await CallsAsync(form, () => throw new IOException(), layers));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task AttemptsOfOneLayerAreThoseOfAllAbove_WhateverTheirMaximums(string form)
    {
        foreach (var (inner, middle, outer, calls) in new[] { (2, 4, 1, 4), (4, 2, 1, 4), (2, 3, 4, 4), (1, 4, 4, 4), (1, 2, 4, 4), (3, 2, 5, 5), (1, 1, 1, 1) })
        {
            var layers = new[] { inner, middle, outer }.Select(max => TestPolicies.WithoutDelay(max)).ToArray();

            Assert.Equal(calls, await CallsAsync(form, () => throw new IOException(), layers));
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task ReusedExceptionDoesNotCountForOtherCalls(string form)
    {
        // As a mock or a cached failed task throws it.
        var shared = new IOException();
        var layers = Enumerable.Range(0, 2).Select(_ => TestPolicies.WithoutDelay(4)).ToArray();

        for (var call = 0; call < 3; call++)
            Assert.Equal(4, await CallsAsync(form, () => throw shared, layers));
    }

    [Fact]
    public async Task AttemptsBeneathCount_WhenALayerWrapsTheException()
    {
        var (inner, outer, calls) = (TestPolicies.WithoutDelay(4), TestPolicies.WithoutDelay(4), 0);

        var exception = await Assert.ThrowsAsync<InvalidDataException>(async () => await outer.ExecuteAsync(async token =>
        {
            try
            {
                return await inner.ExecuteAsync(ValueTask<int> (_) => throw new IOException(calls++.ToString(System.Globalization.CultureInfo.InvariantCulture)), token);
            }
            catch (IOException failure)
            {
                throw new InvalidDataException("wrapped", new InvalidOperationException("twice", failure));
            }
        }));

        Assert.Equal(4, calls);
        Assert.Equal([1, 2, 3, 4], RetryHistory.Of(exception).Select(a => a.Number));
    }

    [Fact]
    public async Task AttemptsBeneathCount_WhenTheOutcomeIsARefusedResult()
    {
        var shared = new object();
        var calls = 0;
        var layers = Enumerable.Range(0, 3).Select(_ => TestPolicies.WithoutDelay(4, o => o.RetryResult<object>(static _ => true))).ToArray();
        foreach (var answer in new Func<object>[] { () => new object(), () => shared, () => shared })
        {
            calls = 0;
            await layers[2].ExecuteAsync(outer => layers[1].ExecuteAsync(
                middle => layers[0].ExecuteAsync(
                    _ =>
                    {
                        calls++;
                        return ValueTask.FromResult(answer());
                    },
                    middle),
                outer));
            Assert.Equal(4, calls);
        }
    }

    [Theory]
    [InlineData(NestedRetries.Multiply, NestedRetries.Multiply, 16)]
    // The inner one sees nothing above; the outer one does not look beneath.
    [InlineData(NestedRetries.Count, NestedRetries.Multiply, 16)]
    [InlineData(NestedRetries.Multiply, NestedRetries.Count, 4)]
    [InlineData(NestedRetries.Count, NestedRetries.Count, 4)]
    public async Task LayersMultiply_WhenTheyAreToldTo(NestedRetries inner, NestedRetries outer, int calls)
    {
        var layers = new[] { inner, outer }.Select(nested => TestPolicies.WithoutDelay(4, o => o.NestedRetries = nested)).ToArray();

        foreach (var form in new[] { "later", "plain", "sync" })
            Assert.Equal(calls, await CallsAsync(form, () => throw new IOException(), layers));
    }

    [Fact]
    public async Task InnerPolicyRunsOnce_WhenTheOuterOneRetries()
    {
        var (inner, outer) = (TestPolicies.WithoutDelay(4), TestPolicies.WithoutDelay(3));
        var ends = new List<RetryEnd>();

        await Assert.ThrowsAsync<InvalidDataException>(async () => await outer.ExecuteAsync(async ValueTask (token) =>
        {
            ends.Add((await inner.TryExecuteAsync(static ValueTask<int> (_) => throw new IOException(), token)).End);
            throw new InvalidDataException("an exception that hides the attempts beneath");
        }));

        Assert.Equal([RetryEnd.AttemptsUsedUp, RetryEnd.NestedInRetry, RetryEnd.NestedInRetry], ends);
    }

    [Fact]
    public async Task InnerDelayDoesNotOutlastTheOuterDeadline()
    {
        var time = new InstantTimeProvider();
        var outer = TestPolicies.WithSeconds(time, 1, o => o.Deadline = TimeSpan.FromSeconds(5));
        var inner = TestPolicies.WithSeconds(time, 10);
        var ends = new List<RetryEnd>();

        await outer.TryExecuteAsync(async token => ends.Add((await inner.TryExecuteAsync(new Script(Script.Fails()).RunAsync, token)).End));
        Assert.Throws<IOException>(() => outer.Execute(token => inner.Execute(static int (_) => throw new IOException(), token)));

        Assert.Equal([RetryEnd.DeadlineReached], ends);
        Assert.Equal([1, 2, 1, 2], time.Delays.Select(d => d.TotalSeconds));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task NothingIsLeftBehind_WhenTheCallIsOver(string form)
    {
        var policy = TestPolicies.WithoutDelay(2, o => o.Deadline = TimeSpan.FromHours(1));

        await CallsAsync(form, static () => throw new IOException(), [policy]);
        await CallsAsync(form, static () => 1, [policy]);

        Assert.Null(RetryScope.Current);
        Assert.Equal(4, await CallsAsync(form, static () => throw new IOException(), [TestPolicies.WithoutDelay(4)]));
    }

    [Fact]
    public async Task WorkThatOutlivesTheCallIsNotNested()
    {
        var time = new InstantTimeProvider();
        var outer = TestPolicies.WithSeconds(time, 2, o => o.Deadline = TimeSpan.FromSeconds(30));
        var inner = TestPolicies.WithSeconds(time, 3);
        var callIsOver = new TaskCompletionSource();
        var background = Task.CompletedTask;
        var attempts = 0;

        await outer.ExecuteAsync(async ValueTask (_) =>
        {
            await Task.Yield();
            if (++attempts == 1)
                throw new IOException();
            background = Work();
        });
        time.Advance(TimeSpan.FromHours(1));
        callIsOver.SetResult();
        await background;

        async Task Work()
        {
            await callIsOver.Task;
            Assert.Equal(RetryEnd.AttemptsUsedUp, (await inner.TryExecuteAsync(new Script(Script.Fails()).RunAsync)).End);
        }
    }

    // The first policy is the innermost.
    private static async Task<int> CallsAsync(string form, Func<int> backend, RetryPolicy[] layers)
    {
        var calls = 0;
        try
        {
            switch (form)
            {
                case "sync":
                    Func<CancellationToken, int> sync = _ => Call();
                    foreach (var layer in layers)
                        sync = Around(sync, (operation, token) => layer.Execute(operation, token));
                    sync(CancellationToken.None);
                    break;
                case "async" or "later":
                    Func<CancellationToken, ValueTask<int>> asynchronous = form == "async" ? _ => new ValueTask<int>(Call()) : async _ =>
                    {
                        await Task.Yield();
                        return Call();
                    };
                    foreach (var layer in layers)
                        asynchronous = Around(asynchronous, (operation, token) => layer.ExecuteAsync(operation, token));
                    await asynchronous(CancellationToken.None);
                    break;
                default:
                    Func<CancellationToken, ValueTask> plain = async _ =>
                    {
                        if (form == "plain later")
                            await Task.Yield();
                        Call();
                    };
                    foreach (var layer in layers)
                        plain = Around(plain, (operation, token) => layer.ExecuteAsync(operation, token));
                    await plain(CancellationToken.None);
                    break;
            }
        }
        catch (IOException)
        {
        }

        return calls;

        int Call()
        {
            calls++;
            return backend();
        }
    }

    private static Func<CancellationToken, T> Around<T>(Func<CancellationToken, T> operation, Func<Func<CancellationToken, T>, CancellationToken, T> layer) =>
        token => layer(operation, token);
}
