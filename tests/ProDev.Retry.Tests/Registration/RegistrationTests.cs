using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ProDev.Retry.Tests;

public sealed class RegistrationTests
{
    [Fact]
    public async Task DefaultPolicyIsRegisteredOnce_WhenAddedTwice()
    {
        var services = new ServiceCollection();
        services.AddProDevRetry(o => o.MaxAttempts = 2);
        services.AddProDevRetry(o => o.BaseDelay = TimeSpan.Zero);
        await using var container = services.BuildServiceProvider();

        var policy = Assert.Single(container.GetServices<RetryPolicy>());
        var script = new Script(Script.Fails(), Script.Fails(), Script.Returns(1));
        await Assert.ThrowsAsync<IOException>(async () => await policy.ExecuteAsync(script.RunAsync));

        Assert.Equal(2, script.Attempts);
        Assert.Same(policy, container.GetRequiredService<RetryPolicy>());
    }

    [Fact]
    public void NamedPoliciesAreKeyedSingletons()
    {
        var services = new ServiceCollection();
        services.AddProDevRetry()
            .AddPolicy("reads", o => o.MaxAttempts = 5)
            .AddPolicy("writes", o => o.MaxAttempts = 1)
            .AddPolicy("reads", o => o.BaseDelay = TimeSpan.Zero);
        using var container = services.BuildServiceProvider();

        var reads = container.GetRequiredKeyedService<RetryPolicy>("reads");
        var script = new Script(Script.Fails());
        Assert.Throws<IOException>(() => reads.Execute(_ => script.Next()));

        Assert.Equal(5, script.Attempts);
        Assert.Same(reads, container.GetRequiredKeyedService<RetryPolicy>("reads"));
        Assert.NotSame(reads, container.GetRequiredKeyedService<RetryPolicy>("writes"));
        Assert.NotSame(reads, container.GetRequiredService<RetryPolicy>());
    }

    [Fact]
    public async Task ClockAndRandomnessComeFromTheContainer_WhenTheyAreRegistered()
    {
        var time = new InstantTimeProvider();
        var services = new ServiceCollection().AddSingleton<TimeProvider>(time).AddSingleton<Random>(new HalfRandom());
        services.AddProDevRetry(o => o.BaseDelay = TimeSpan.FromSeconds(10));
        await using var container = services.BuildServiceProvider();

        await Assert.ThrowsAsync<IOException>(
            async () => await container.GetRequiredService<RetryPolicy>().ExecuteAsync(new Script(Script.Fails()).RunAsync));

        Assert.Equal([TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5)], time.Delays);
    }

    [Fact]
    public async Task SettingsWin_WhenTheyNameTheirOwnClockAndRandomness()
    {
        var time = new InstantTimeProvider();
        var services = new ServiceCollection().AddSingleton<TimeProvider>(new InstantTimeProvider()).AddSingleton<Random>(new HalfRandom());
        services.AddProDevRetry().AddPolicy("own", o =>
        {
            o.BaseDelay = TimeSpan.FromSeconds(8);
            o.TimeProvider = time;
            o.Randomizer = static () => 0.25;
        });
        await using var container = services.BuildServiceProvider();

        await Assert.ThrowsAsync<IOException>(
            async () => await container.GetRequiredKeyedService<RetryPolicy>("own").ExecuteAsync(new Script(Script.Fails()).RunAsync));

        Assert.Equal([TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2.5)], time.Delays);
    }

    [Fact]
    public void AllFaultsOfAllPoliciesAreReported_WhenTheHostStarts()
    {
        var services = new ServiceCollection();
        services
            .AddProDevRetry(o =>
            {
                o.MaxAttempts = -1;
                o.BackoffFactor = 0;
            })
            .AddPolicy("reads", o => o.Deadline = TimeSpan.Zero);
        using var container = services.BuildServiceProvider();

        var exception = Assert.Throws<AggregateException>(() => container.GetRequiredService<IStartupValidator>().Validate());

        Assert.Equal(
            [
                "BackoffFactor is '0', but it must be a number from 1. Set it to 1 for a constant delay.",
                "MaxAttempts is '-1', but at least 1 is needed. It counts all attempts: set it to 1 to retry nothing.",
                "Retry policy 'reads': Deadline is '00:00:00', but it must be above zero. Set it to null for no deadline.",
            ],
            exception.InnerExceptions.Cast<OptionsValidationException>().SelectMany(e => e.Failures).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void UnknownPolicyIsNamedTogetherWithTheKnownOnes_WhenADecoratorAsksForIt()
    {
        var services = new ServiceCollection().AddSingleton<ICityCatalog, CityCatalog>().DecorateWithRetry<ICityCatalog>();
        using (var container = services.BuildServiceProvider())
        {
            Assert.Equal(
                "There is no retry policy named 'writes'. No named policy is registered. " +
                "Register it with services.AddProDevRetry().AddPolicy(\"writes\", o => ...), or correct the name.",
                Assert.Throws<InvalidOperationException>(container.GetRequiredService<ICityCatalog>).Message);
        }

        services.AddProDevRetry().AddPolicy("write", _ => { }).AddPolicy("read", _ => { });
        using (var container = services.BuildServiceProvider())
        {
            Assert.Equal(
                "There is no retry policy named 'writes'. Registered are 'read', 'write'. " +
                "Register it with services.AddProDevRetry().AddPolicy(\"writes\", o => ...), or correct the name.",
                Assert.Throws<InvalidOperationException>(container.GetRequiredService<ICityCatalog>).Message);
        }
    }

    [Theory]
    [InlineData(ServiceLifetime.Singleton)]
    [InlineData(ServiceLifetime.Scoped)]
    [InlineData(ServiceLifetime.Transient)]
    public void LifetimeIsKeptAndTheServiceIsDisposedOnce_WhenItIsDecorated(ServiceLifetime lifetime)
    {
        var made = new List<CityCatalog>();
        var services = Writes();
        ((IServiceCollection)services).Add(new ServiceDescriptor(typeof(ICityCatalog), _ => Make(made), lifetime));
        services.DecorateWithRetry<ICityCatalog>().DecorateWithRetry<ICityCatalog>();
        using (var container = services.BuildServiceProvider(validateScopes: true))
        {
            using var first = container.CreateScope();
            using var second = container.CreateScope();
            ICityCatalog[] got =
            [
                first.ServiceProvider.GetRequiredService<ICityCatalog>(), first.ServiceProvider.GetRequiredService<ICityCatalog>(),
                second.ServiceProvider.GetRequiredService<ICityCatalog>(),
            ];

            Assert.Equal(lifetime == ServiceLifetime.Singleton ? 1 : lifetime == ServiceLifetime.Scoped ? 2 : 3, got.Distinct().Count());
            Assert.All(got, g => Assert.IsNotType<CityCatalog>(g));
        }

        Assert.Equal(lifetime == ServiceLifetime.Singleton ? 1 : lifetime == ServiceLifetime.Scoped ? 2 : 3, made.Count);
        Assert.All(made, m => Assert.Equal(1, m.Disposals));
    }

    [Fact]
    public async Task KeyedRegistrationIsDecorated_AndTheOthersAreNot()
    {
        var (plain, keyed) = (new CityCatalog(), new CityCatalog { Failures = 2 });
        var services = Writes()
            .AddSingleton<ICityCatalog>(plain)
            .AddKeyedSingleton<ICityCatalog>("eu", keyed)
            .DecorateWithRetry<ICityCatalog>("eu");
        await using var container = services.BuildServiceProvider();

        await container.GetRequiredKeyedService<ICityCatalog>("eu").FindAsync(1);

        Assert.Equal(3, keyed.Calls);
        Assert.Same(plain, container.GetRequiredService<ICityCatalog>());
    }

    [Fact]
    public async Task InlineSettingsKeepTheRestOfTheDefaultPolicy_ItsBudgetIncluded()
    {
        var budget = RetryBudget.TokenRatio(maxTokens: 10);
        var retries = 0;
        var inner = new CityCatalog { Failures = 1 };
        var services = Writes().AddSingleton<ICityCatalog>(inner).DecorateWithRetry<ICityCatalog>();
        services.AddProDevRetry(o =>
        {
            o.Budget = budget;
            o.OnRetry = _ => retries++;
        });
        await using var container = services.BuildServiceProvider();

        await container.GetRequiredService<ICityCatalog>().FindAsync(1);

        Assert.Equal(1, retries);
        Assert.Equal(9.1, budget.Tokens, precision: 6);
    }

    [Fact]
    public void MistakesOfRegistrationAreExplained()
    {
        var services = new ServiceCollection();

        Assert.StartsWith(
            "DecorateWithRetry<ICityCatalog>() found no registration of 'ProDev.Retry.Tests.ICityCatalog' to decorate.",
            Assert.Throws<InvalidOperationException>(() => services.DecorateWithRetry<ICityCatalog>()).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "DecorateWithRetry<IDisposable>() found no generated decorator for 'System.IDisposable'. Put [Retry] on at least one method",
            Assert.Throws<InvalidOperationException>(() => services.DecorateWithRetry<IDisposable>()).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("name", () => services.AddProDevRetry().AddPolicy(" ", _ => { }));
    }

    private static CityCatalog Make(List<CityCatalog> made)
    {
        made.Add(new CityCatalog());
        return made[^1];
    }

    private static ServiceCollection Writes()
    {
        var services = new ServiceCollection();
        services.AddProDevRetry().AddPolicy("writes", _ => { });
        return services;
    }

    private sealed class HalfRandom : Random
    {
        public override double NextDouble() => 0.5;
    }
}
