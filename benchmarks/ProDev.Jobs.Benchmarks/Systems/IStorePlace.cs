namespace ProDev.Jobs.Benchmarks;

/// <summary>Where jobs of ProDev are kept: empty at first, gone at the end.</summary>
internal interface IStorePlace : IAsyncDisposable
{
    void Use(IProDevJobsBuilder jobs);

    /// <summary>Lets another process listen for new jobs, where there can be one.</summary>
    Task ListenAsync();
}
