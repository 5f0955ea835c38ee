using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Jobs.EntityFrameworkCore;

/// <summary>Adds what a context keeps for its jobs to EF's own services, one for each context.</summary>
internal sealed class JobsOptionsExtension(IJobClient? client) : IDbContextOptionsExtension
{
    public IJobClient? Client { get; } = client;

    public DbContextOptionsExtensionInfo Info => field ??= new ExtensionInfo(this);

    public void ApplyServices(IServiceCollection services)
    {
        services.AddScoped<ContextJobs>();
        services.AddScoped<IResettableService>(static s => s.GetRequiredService<ContextJobs>());
        services.AddScoped<IInterceptor, JobsInterceptor>();
    }

    public void Validate(IDbContextOptions options)
    {
    }

    private sealed class ExtensionInfo(IDbContextOptionsExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "using ProDev.Jobs ";

        /// <summary>The client is not among EF's services, so contexts with different clients may share them.</summary>
        public override int GetServiceProviderHashCode() => 0;

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => other is ExtensionInfo;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) => debugInfo["ProDev.Jobs"] = "1";
    }
}
