using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Jobs;

/// <summary>What <c>AddProDevJobs()</c> returns; providers, jobs and workers extend it.</summary>
public interface IProDevJobsBuilder
{
    /// <summary>The services under construction.</summary>
    IServiceCollection Services { get; }
}
