namespace ProDev.Jobs.Benchmarks;

/// <summary>A library as an application uses it: a client, and a worker that runs <see cref="Round"/>'s jobs.</summary>
internal interface IJobSystem : IAsyncDisposable
{
    string Name { get; }

    /// <summary>How many jobs the worker runs at a time.</summary>
    int Workers { get; }

    /// <summary>Opens it over an empty store, without a worker. What was open before is disposed.</summary>
    Task OpenAsync();

    /// <summary>Enqueues a job that does nothing.</summary>
    Task EnqueueAsync(string text);

    /// <summary>Enqueues that many of them, as fast as the library can.</summary>
    Task EnqueueManyAsync(int count, string text);

    /// <summary>Enqueues a job that holds its place in the worker until the round is released.</summary>
    Task EnqueueHoldAsync();

    Task StartAsync();

    /// <summary>Ends when the store has the outcome of the jobs that have run, where the library can tell.</summary>
    Task SettleAsync();
}
