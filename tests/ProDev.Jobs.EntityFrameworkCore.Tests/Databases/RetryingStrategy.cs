using Microsoft.EntityFrameworkCore.Storage;

namespace ProDev.Jobs.EntityFrameworkCore.Tests;

/// <summary>Tries again at once after a lost commit.</summary>
public sealed class RetryingStrategy(ExecutionStrategyDependencies dependencies) : ExecutionStrategy(dependencies, maxRetryCount: 5, TimeSpan.Zero)
{
    protected override bool ShouldRetryOn(Exception exception) => exception is LostCommitException;
}
