using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Retry.Tests;

public sealed class DecoratorTests
{
    private static readonly (string Name, int MaxAttempts, Func<ICityCatalog, Task> Call)[] Methods =
    [
        ("ValueTask<T>", 3, async c => Assert.Equal("Łódź", (await c.FindAsync(1)).Name)),
        ("Task<T>", 2, async c => Assert.Equal(12, await c.CountAsync("PL"))),
        ("Task, named policy", 5, c => c.RenameAsync(1, "Lodz")),
        ("ValueTask, default policy", 4, async c => await c.TouchAsync()),
        ("value", 3, c => Task.Run(() => Assert.Equal(9, c.Measure(9)))),
        ("void", 3, c => Task.Run(() => c.Store(9))),
        ("generic", 3, async c => Assert.Equal("x", await c.EchoAsync("x"))),
        ("not marked", 1, async c => await c.OnceAsync()),
    ];

    public static TheoryData<string> MethodNames => [.. Methods.Select(m => m.Name)];

    [Theory]
    [MemberData(nameof(MethodNames))]
    public async Task MethodIsAttemptedAsOftenAsItsAttributeSays(string name)
    {
        var (_, maxAttempts, call) = Methods.Single(m => m.Name == name);
        var (succeeding, decorated) = Create();
        succeeding.Failures = maxAttempts - 1;
        await call(decorated);
        Assert.Equal(maxAttempts, succeeding.Calls);

        var (failing, decoratedToo) = Create();
        failing.Failures = int.MaxValue;
        var exception = await Assert.ThrowsAsync<IOException>(() => call(decoratedToo));
        Assert.Equal(maxAttempts, failing.Calls);
        Assert.Equal($"failure {maxAttempts}", exception.Message);
        Assert.Contains(nameof(CityCatalog), exception.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallersTokenReachesTheService()
    {
        var (inner, decorated) = Create();
        using var caller = new CancellationTokenSource();

        await decorated.FindAsync(1, caller.Token);

        Assert.Equal(caller.Token, inner.LastToken);
        await caller.CancelAsync();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await decorated.FindAsync(1, caller.Token));
        Assert.Equal(caller.Token, exception.CancellationToken);
        Assert.Equal(1, inner.Calls);
    }

    [Fact]
    public void PropertiesPassThrough() => Assert.Equal("memory", Create().Decorated.Source);

    [Fact]
    public void NothingIsAllocated_WhenTheFirstAttemptSucceeds()
    {
        var (_, decorated) = Create();
        AssertFree(() => Finish(decorated.FindAsync(1)));
        AssertFree(() => decorated.CountAsync("PL").GetAwaiter().GetResult());
        AssertFree(() => Finish(decorated.TouchAsync()));
        AssertFree(() => decorated.Measure(1));
        AssertFree(() => decorated.Store(1));
        AssertFree(() => Finish(decorated.EchoAsync(4m)));
    }

    private static (CityCatalog Inner, ICityCatalog Decorated) Create()
    {
        var inner = new CityCatalog();
        var services = new ServiceCollection()
            .AddSingleton<ICityCatalog>(inner)
            .DecorateWithRetry<ICityCatalog>();
        services
            .AddProDevRetry(o =>
            {
                o.MaxAttempts = 4;
                o.BaseDelay = TimeSpan.Zero;
            })
            .AddPolicy("writes", o =>
            {
                o.MaxAttempts = 5;
                o.BaseDelay = TimeSpan.Zero;
            });
        return (inner, services.BuildServiceProvider().GetRequiredService<ICityCatalog>());
    }

    private static void Finish<T>(ValueTask<T> call)
    {
        Assert.True(call.IsCompletedSuccessfully);
        _ = call.GetAwaiter().GetResult();
    }

    private static void Finish(ValueTask call)
    {
        Assert.True(call.IsCompletedSuccessfully);
        call.GetAwaiter().GetResult();
    }

    private static void AssertFree(Action call)
    {
        for (var i = 0; i < 50; i++)
            call();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            call();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
