namespace ProDev.Jobs.Tests;

public sealed record CityId(int Id);

[Job("sample.first", Queue = "bulk", MaxAttempts = 2)]
public sealed class FirstJob : IJob<CityId>
{
    public Task RunAsync(CityId args, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
}

[Job("sample.second")]
public sealed class SecondJob : IJob<CityId>
{
    public Task RunAsync(CityId args, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Hands its scoped service to whoever waits for a run.</summary>
[Job("sample.scoped")]
public sealed class ScopedJob(ScopeProbe probe, Runs runs) : IJob<ScopedJob.Args>
{
    public sealed record Args(string Text);

    public Task RunAsync(Args args, JobContext context, CancellationToken cancellationToken)
    {
        runs.Add(probe);
        return Task.CompletedTask;
    }
}

public sealed class Runs
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<ScopeProbe> _probes = new();

    public IReadOnlyList<ScopeProbe> Probes => [.. _probes];

    public void Add(ScopeProbe probe) => _probes.Enqueue(probe);
}
