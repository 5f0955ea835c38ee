using Npgsql;

namespace ProDev.Jobs.PostgreSql.Tests;

public sealed class PostgreSqlErrorsTests
{
    [Theory]
    [InlineData("25P03", "whose next statement did not come in time")]
    [InlineData("40P01", "undid the change because of others")]
    [InlineData("99999", "cannot be used.")]
    public void ErrorSaysWhatHappened_WhenTheServerSaysSo(string state, string sentence)
    {
        var cause = new PostgresException("words of the server", "FATAL", "FATAL", state);

        JobStoreException error = PostgreSqlErrors.Translate(cause, "db:5432/app", "prodev_jobs");

        Assert.StartsWith("The job database 'db:5432/app' ", error.Message, StringComparison.Ordinal);
        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
        Assert.EndsWith($"(PostgreSQL error {state}: words of the server)", error.Message, StringComparison.Ordinal);
        Assert.Same(cause, error.InnerException);
    }
}
