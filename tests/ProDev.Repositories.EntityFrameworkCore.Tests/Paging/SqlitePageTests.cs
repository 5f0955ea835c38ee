namespace ProDev.Repositories.EntityFrameworkCore.Tests;

public sealed class SqlitePageTests(SqliteDatabase database) : PageCases(database), IClassFixture<SqliteDatabase>
{
    protected override void AssertSeeks(RecordedCommand command, IReadOnlyList<string> plan) => SqlitePlan.AssertSeeks(command, plan);
}
