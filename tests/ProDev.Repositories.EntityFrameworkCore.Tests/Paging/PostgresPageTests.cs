namespace ProDev.Repositories.EntityFrameworkCore.Tests;

[Trait("Requires", "PostgreSQL")]
public sealed class PostgresPageTests(PostgresDatabase database) : PageCases(database), IClassFixture<PostgresDatabase>
{
    protected override void AssertSeeks(RecordedCommand command, IReadOnlyList<string> plan) => PostgresPlan.AssertSeeks(command, plan);
}
