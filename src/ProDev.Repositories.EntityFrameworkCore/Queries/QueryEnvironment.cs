using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>The settings of a context, besides its model, that shape what EF compiles. Contexts that differ share no compiled query.</summary>
internal readonly record struct QueryEnvironment(
    string? Provider,
    bool UsesRelationalNulls,
    QuerySplittingBehavior? Splitting,
    ParameterTranslationMode Collections,
    bool Buffers)
{
    public static QueryEnvironment Of(DbContext context)
    {
        var options = RelationalOptionsExtension.Extract(context.GetService<IDbContextOptions>());

        // A retrying strategy makes EF buffer results, which is compiled into the query.
        var buffers = options.ExecutionStrategyFactory is not null && context.Database.CreateExecutionStrategy().RetriesOnFailure;
        return new QueryEnvironment(
            context.Database.ProviderName,
            options.UseRelationalNulls,
            options.QuerySplittingBehavior,
            options.ParameterizedCollectionMode,
            buffers);
    }
}
