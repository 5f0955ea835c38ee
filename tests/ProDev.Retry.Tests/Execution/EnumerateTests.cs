using System.Runtime.CompilerServices;

namespace ProDev.Retry.Tests;

public sealed class EnumerateTests
{
    [Fact]
    public async Task StreamIsStartedAgain_WhenItFailsBeforeItsFirstItem()
    {
        var source = new Source(2, items: 3);

        Assert.Equal([0, 1, 2], await ReadAsync(TestPolicies.WithoutDelay().EnumerateAsync(source.Start)));

        Assert.Equal((3, 3), (source.Starts, source.Disposals));
    }

    [Fact]
    public async Task FailureIsTheCallers_WhenItComesAfterTheFirstItem()
    {
        var source = new Source(0, items: 2, failsAtEnd: true);
        var seen = new List<int>();

        await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (var item in TestPolicies.WithoutDelay().EnumerateAsync(source, static (s, token) => s.Start(token)))
                seen.Add(item);
        });

        Assert.Equal([0, 1], seen);
        Assert.Equal((1, 1), (source.Starts, source.Disposals));
    }

    [Fact]
    public async Task LastFailureSurfaces_WhenNoStreamHasAFirstItem()
    {
        var source = new Source(10, items: 1);

        await Assert.ThrowsAsync<IOException>(() => ReadAsync(TestPolicies.WithoutDelay().EnumerateAsync(source.Start)));

        Assert.Equal((3, 3), (source.Starts, source.Disposals));
    }

    [Fact]
    public async Task EachEnumerationStartsAnew_AndNothingRunsBefore()
    {
        var source = new Source(0, items: 0);
        var stream = TestPolicies.WithoutDelay().EnumerateAsync(source.Start);
        Assert.Equal(0, source.Starts);

        Assert.Empty(await ReadAsync(stream));
        Assert.Empty(await ReadAsync(stream));

        Assert.Equal((2, 2), (source.Starts, source.Disposals));
    }

    [Fact]
    public async Task StartIsRetried_WhenTheOperationItselfThrows()
    {
        var starts = 0;
        var stream = TestPolicies.WithoutDelay().EnumerateAsync(
            token => ++starts < 3 ? throw new IOException() : new Source(0, items: 1).Start(token));

        Assert.Equal([0], await ReadAsync(stream));
        Assert.Equal(3, starts);
    }

    [Fact]
    public async Task OriginalFailureIsJudged_WhenTheFailedStreamCannotBeDisposed()
    {
        var source = new Source(1, items: 1);
        var policy = TestPolicies.WithoutDelay(configure: o => o.ShouldRetry = static f => f.Exception is IOException);

        Assert.Equal([0], await ReadAsync(policy.EnumerateAsync(
            token => source.Starts == 0 ? new Stubborn(source.Start(token)) : source.Start(token))));

        Assert.Equal(2, source.Starts);
    }

    [Fact]
    public async Task AttemptTimeoutCoversTheStartOnly()
    {
        var time = new SignallingTimeProvider();
        var policy = TestPolicies.WithoutDelay(configure: o => (o.TimeProvider, o.AttemptTimeout) = (time, TimeSpan.FromSeconds(1)));
        var starts = 0;

        async IAsyncEnumerable<int> Start([EnumeratorCancellation] CancellationToken token)
        {
            if (++starts == 1)
                await Task.Delay(Timeout.Infinite, token);
            await Task.Yield();
            yield return 1;
            time.Advance(TimeSpan.FromHours(1));
            token.ThrowIfCancellationRequested();
            yield return 2;
        }

        var read = ReadAsync(policy.EnumerateAsync(Start));
        await time.TimerIsSet();
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([1, 2], await read);
        Assert.Equal(2, starts);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task TokenOfTheOneWhoCancelledSurfaces(bool beforeFirst, bool byCall)
    {
        using var caller = new CancellationTokenSource();
        using var reader = new CancellationTokenSource();
        var cancelled = byCall ? caller : reader;
        var stream = TestPolicies.WithoutDelay().EnumerateAsync(Start, caller.Token);

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var item in stream.WithCancellation(reader.Token))
                Assert.Equal(1, item);
        });

        Assert.Equal(cancelled.Token, exception.CancellationToken);

        async IAsyncEnumerable<int> Start([EnumeratorCancellation] CancellationToken token)
        {
            // As streams do that have a token of their own.
            using var own = CancellationTokenSource.CreateLinkedTokenSource(token);
            if (!beforeFirst)
                yield return 1;
            await cancelled.CancelAsync();
            own.Token.ThrowIfCancellationRequested();
        }
    }

    [Fact]
    public async Task NothingStarts_WhenTheCallerCancelledBefore()
    {
        var source = new Source(0, items: 1);
        using var caller = new CancellationTokenSource();
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => ReadAsync(TestPolicies.WithoutDelay().EnumerateAsync(source.Start, caller.Token)));

        Assert.Equal(0, source.Starts);
    }

    private static async Task<List<T>> ReadAsync<T>(IAsyncEnumerable<T> stream)
    {
        var items = new List<T>();
        await foreach (var item in stream)
            items.Add(item);
        return items;
    }

    private sealed class Source(int failures, int items, bool failsAtEnd = false)
    {
        public int Starts { get; private set; }

        public int Disposals { get; private set; }

        public async IAsyncEnumerable<int> Start([EnumeratorCancellation] CancellationToken token)
        {
            var start = ++Starts;
            try
            {
                await Task.Yield();
                if (start <= failures)
                    throw new IOException();
                for (var i = 0; i < items; i++)
                    yield return i;
                if (failsAtEnd)
                    throw new IOException();
            }
            finally
            {
                Disposals++;
            }
        }
    }

    private sealed class Stubborn(IAsyncEnumerable<int> items) : IAsyncEnumerable<int>
    {
        public IAsyncEnumerator<int> GetAsyncEnumerator(CancellationToken cancellationToken = default) => new Enumerator(items.GetAsyncEnumerator(cancellationToken));

        private sealed class Enumerator(IAsyncEnumerator<int> items) : IAsyncEnumerator<int>
        {
            public int Current => items.Current;

            public ValueTask<bool> MoveNextAsync() => items.MoveNextAsync();

            public ValueTask DisposeAsync() => throw new NotSupportedException("cannot be disposed");
        }
    }
}
