using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>Recognizes conflicts in EF's exceptions without a reference to any driver.</summary>
internal static class CommitConflicts
{
    private const string UniqueViolation = "23505";

    public static CommitConflict? Classify(DbUpdateException exception) => exception switch
    {
        DbUpdateConcurrencyException => CommitConflict.StaleRow,
        { InnerException: DbException inner } when IsUniqueViolation(inner) => CommitConflict.DuplicateRow,
        _ => null,
    };

    public static IReadOnlyList<string> EntitiesOf(DbUpdateException exception) =>
        [.. exception.Entries.Select(entry => entry.Metadata.DisplayName()).Distinct(StringComparer.Ordinal)];

    // PostgreSQL has SQLSTATE. SQLite's driver sets none, but the text comes from SQLite itself and is not localized.
    private static bool IsUniqueViolation(DbException exception) =>
        string.Equals(exception.SqlState, UniqueViolation, StringComparison.Ordinal)
        || exception.Message.Contains("UNIQUE constraint failed", StringComparison.Ordinal);
}
