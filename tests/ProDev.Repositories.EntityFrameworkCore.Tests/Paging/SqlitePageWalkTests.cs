namespace ProDev.Repositories.EntityFrameworkCore.Tests;

public sealed class SqlitePageWalkTests(SqliteDatabase database) : PageWalkCases(database), IClassFixture<SqliteDatabase>
{
    protected override void AssertSeeks(RecordedCommand command, IReadOnlyList<string> plan) => SqlitePlan.AssertSeeks(command, plan);
}
