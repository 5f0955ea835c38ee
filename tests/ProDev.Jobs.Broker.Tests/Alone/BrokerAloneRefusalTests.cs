using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace ProDev.Jobs.Broker.Tests;

/// <summary>What a broker alone cannot do is refused by name, before anything is published.</summary>
public sealed class BrokerAloneRefusalTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly TestBroker _broker;
    private readonly ServiceProvider _services;

    public BrokerAloneRefusalTests()
    {
        _broker = new TestBroker(_time, hasDelays: false, hasPriorities: false);
        IServiceCollection services = new ServiceCollection().AddSingleton<TimeProvider>(_time).AddSingleton<Ledger>();
        services.AddProDevJobs().AddJobsFromThisAssembly();
        services.AddSingleton<IJobStore>(new BrokerJobStore(_broker, _time));
        _services = services.BuildServiceProvider();
    }

    private IJobClient Client => _services.GetRequiredService<IJobClient>();

    public static TheoryData<string, string> Options => new()
    {
        { "delay", "delay jobs" }, { "moment", "delay jobs" }, { "priority", "order jobs by priority" }, { "key", "keep idempotency keys" },
    };

    public static TheoryData<string, string> Questions => new()
    {
        { "find", "be queried" }, { "count", "be queried" }, { "dead", "be queried" }, { "replay", "be queried" }, { "discard", "be queried" },
        { "revoke", "revoke jobs" }, { "pause", "pause queues" }, { "paused", "pause queues" }, { "wait", "keep results" },
        { "progress", "keep progress and steps" },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public async Task JobIsRefused_WhenItAsksForMoreThanTheBrokerCanDo(string option, string what)
    {
        NotSupportedException error = await Assert.ThrowsAsync<NotSupportedException>(() => Client.EnqueueAsync(new MemberJob.Args(1), o =>
        {
            o.Delay = option == "delay" ? TimeSpan.FromSeconds(1) : null;
            o.RunAt = option == "moment" ? _time.GetUtcNow().AddHours(1) : null;
            o.Priority = option == "priority" ? 1 : 0;
            o.IdempotencyKey = option == "key" ? "k" : null;
        }));

        Assert.Equal(
            $"The job store 'BrokerJobStore' cannot {what}, but the job 'broker.member' asks for it. Leave the option out, or use another provider.",
            error.Message);
        Assert.Equal(0, _broker.CountAll());
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task QuestionIsRefused_WhenOnlyAStoreCouldAnswer(string question, string what)
    {
        NotSupportedException error = await Assert.ThrowsAsync<NotSupportedException>(() => question switch
        {
            "find" => Client.FindAsync(Guid.Empty),
            "count" => Client.CountAsync(),
            "dead" => Client.ListDeadLettersAsync(),
            "replay" => Client.ReplayAsync(Guid.Empty),
            "discard" => Client.DiscardAllAsync(),
            "revoke" => Client.RevokeAsync(Guid.Empty),
            "pause" => Client.PauseAsync("default"),
            "paused" => Client.ListPausedAsync(),
            "wait" => Client.WaitAsync(Guid.Empty),
            _ => (Task)Client.ProgressAsync(Guid.Empty),
        });

        Assert.Equal($"The job store 'BrokerJobStore' cannot {what}. Use a provider that can, such as SQLite.", error.Message);
    }

    [Fact]
    public async Task PlanIsRefused_WhenSomethingFollows_AndASingleJobIsNot()
    {
        Canvas job = Canvas.Job(new MemberJob.Args(1));
        NotSupportedException error = await Assert.ThrowsAsync<NotSupportedException>(() => Client.EnqueueCanvasAsync(job.Then(job)));
        Assert.Contains("cannot start what follows a job", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, _broker.CountAll());

        await Client.EnqueueCanvasAsync(job);
        Assert.Equal(1, _broker.CountAll());
    }

    [Fact]
    public void TransactionIsRefused_BecauseTheBrokerIsNotInTheDatabase()
    {
        NotSupportedException error = Assert.Throws<NotSupportedException>(() => Client.CreatePending());
        Assert.Contains("cannot enqueue in a transaction", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HostDoesNotStart_WhenAScheduleIsDeclared()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton<Ledger>();
        builder.Services.AddProDevJobs().AddJobsFromThisAssembly()
            .AddSchedules(s => s.Every("often", TimeSpan.FromMinutes(1), new MemberJob.Args(1)));
        builder.Services.AddSingleton<IJobStore>(new BrokerJobStore(_broker, _time));
        using IHost host = builder.Build();

        NotSupportedException error = await Assert.ThrowsAsync<NotSupportedException>(() => host.StartAsync());

        Assert.Contains("cannot keep schedules", error.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _services.Dispose();
        _broker.Dispose();
    }
}
