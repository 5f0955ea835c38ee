using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Retry;

/// <summary>What <c>AddProDevRetry</c> returns: policies are added to it, and other packages extend it.</summary>
public interface IProDevRetryBuilder
{
    /// <summary>Gets the collection that the registrations go to.</summary>
    IServiceCollection Services { get; }
}
