using Hangfire;

namespace ProDev.Jobs.Benchmarks;

/// <summary>Hangfire with its defaults, and its ten workers. <paramref name="place"/> makes an empty storage and ends it.</summary>
internal sealed class HangfireSystem(Func<HangfirePlace> place) : IJobSystem
{
    private HangfirePlace? _place;
    private BackgroundJobClient _client = null!;
    private BackgroundJobServer? _server;

    public string Name => "Hangfire";

    public int Workers => 10;

    public async Task OpenAsync()
    {
        await DisposeAsync();
        _place = place();
        _client = new BackgroundJobClient(_place.Storage);
    }

    public Task EnqueueAsync(string text)
    {
        _client.Enqueue<HangfireJobs>(jobs => jobs.Work(text));
        return Task.CompletedTask;
    }

    public async Task EnqueueManyAsync(int count, string text)
    {
        for (var i = 0; i < count; i++)
            await EnqueueAsync(text);
    }

    public Task EnqueueHoldAsync()
    {
        _client.Enqueue<HangfireJobs>(jobs => jobs.HoldAsync());
        return Task.CompletedTask;
    }

    public Task StartAsync()
    {
        _server = new BackgroundJobServer(new BackgroundJobServerOptions { WorkerCount = Workers }, _place!.Storage);
        return Task.CompletedTask;
    }

    /// <summary>In its favour: the last ten outcomes may still be on their way.</summary>
    public Task SettleAsync() => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _server?.Dispose();
        _server = null;
        if (_place is not null)
            await _place.DisposeAsync();
        _place = null;
    }
}
