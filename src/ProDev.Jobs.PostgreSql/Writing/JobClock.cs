using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>The moment that statements are told: none, so that the database's clock counts, unless a test brings its own.</summary>
internal sealed class JobClock(TimeProvider? test)
{
    public NpgsqlParameter Now => Parameter.Of(test?.GetUtcNow().UtcDateTime);
}
