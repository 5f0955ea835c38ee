using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ProDev.Jobs.Conformance;
using ProDev.Jobs.Snippets;

namespace ProDev.Jobs.Tests;

/// <summary>Limits on their way from the options to the store.</summary>
public sealed class LimitClientTests : IAsyncDisposable
{
    private readonly ServiceProvider _provider = Services(builder => builder.UseInMemory());

    private IJobClient Client => _provider.GetRequiredService<IJobClient>();

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    [Fact]
    public async Task RateOfTheAttributeIsStored_UnlessTheCallerSaysOtherwise()
    {
        await Client.EnqueueAsync(new Transfer.Args(1));
        await Client.EnqueueAsync(new Transfer.Args(2), o => (o.Rate, o.RateKey) = (JobRate.Parse("1/h", burst: 2), "bank"));

        IReadOnlyList<LeasedJob> jobs = await _provider.GetRequiredService<IJobStore>().TakeAsync();

        Assert.Equal([(JobRate.Parse("100/m"), null), (JobRate.Parse("1/h", burst: 2), "bank")], jobs.Select(j => (j.Envelope.Rate!, j.Envelope.RateKey)));
    }

    [Fact]
    public async Task RateKeyIsRefused_WhenTheJobHasNoRate()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Client.EnqueueAsync(new ScopedJob.Args("a"), o => o.RateKey = "k"));

        Assert.StartsWith(
            "The job 'sample.scoped' has the rate key 'k', but no rate. Set Rate, or [Job(RateLimit = ...)], or leave the key out.", error.Message,
            StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => Client.EnqueueAsync(new Transfer.Args(1), o => o.RateKey = new string('k', 257)));
    }

    [Fact]
    public async Task JobsOfAScheduleHaveItsLimits_WhenItFires()
    {
        await Client.EnqueueAsync(new Transfer.Args(0));
        IJobSchedules schedules = _provider.GetRequiredService<IJobSchedules>();
        await schedules.PutAsync(s => s.Every("pay", TimeSpan.FromMinutes(1), new Transfer.Args(1), o => (o.Group, o.RateKey) = (new JobGroup("g", 2), "k")));

        await schedules.TriggerNowAsync("pay");

        JobEnvelope job = (await _provider.GetRequiredService<IJobStore>().TakeAsync()).Single(j => j.Envelope.Group is not null).Envelope;
        Assert.Equal((new JobGroup("g", 2), JobRate.Parse("100/m"), "k"), (job.Group, job.Rate, job.RateKey));
    }

    [Fact]
    public async Task LimitsAreRefused_WhenTheStoreHasNone()
    {
        await using ServiceProvider provider = Services(builder => builder.Services.AddSingleton<IJobStore>(new MinimalStore()));
        IJobClient client = provider.GetRequiredService<IJobClient>();

        var group = await Assert.ThrowsAsync<NotSupportedException>(() => client.EnqueueAsync(new ScopedJob.Args("a"), o => o.Group = new JobGroup("g", 1)));
        var rate = await Assert.ThrowsAsync<NotSupportedException>(() => client.EnqueueAsync(new Transfer.Args(1)));

        Assert.Equal(
            "The job store 'MinimalStore' cannot limit how many jobs of a group run at once, but the job 'sample.scoped' asks for it. Leave the option out, or " +
            "use another provider.", group.Message);
        Assert.Equal(
            "The job store 'MinimalStore' cannot limit the rate of jobs, but the job 'bank.transfer' asks for it. Leave the option out, or use another " +
            "provider.", rate.Message);
    }

    private static ServiceProvider Services(Action<IProDevJobsBuilder> use)
    {
        var services = new ServiceCollection();
        services.AddScoped<ScopeProbe>().AddSingleton<Runs>();
        services.AddSingleton<TimeProvider>(new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)));
        use(services.AddProDevJobs().AddJobsFromThisAssembly());
        return services.BuildServiceProvider();
    }
}
