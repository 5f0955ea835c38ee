using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Quickstart.Model;

/// <summary>Makes the tables, unless they are there.</summary>
internal static class AtlasSchema
{
    // Marks the file as ours ("Atls"), so that the database of another program is recognised and left alone.
    private const int ApplicationId = 0x41746C73;

    private const int CannotOpen = 14;
    private const int NotADatabase = 26;
    private const int Corrupt = 11;
    private const int ReadOnly = 8;

    /// <exception cref="AtlasFileException">The file cannot be opened or written, or belongs to another program.</exception>
    public static async Task PrepareAsync(AtlasDb db, string path, CancellationToken cancellationToken)
    {
        try
        {
            await db.Database.OpenConnectionAsync(cancellationToken);
            var found = await db.Database.SqlQuery<int>($"SELECT application_id AS Value FROM pragma_application_id").SingleAsync(cancellationToken);
            var tables = await db.Database.SqlQuery<int>($"SELECT count(*) AS Value FROM sqlite_schema").SingleAsync(cancellationToken);
            if (found != ApplicationId && tables > 0)
                throw new AtlasFileException(path, $"it holds the tables of another program, and was left as it is. {AtlasFileException.ChooseAnother}");

            // Before the tables, so that a run that is killed in between is recognised by the next one.
            await db.Database.ExecuteSqlRawAsync($"PRAGMA journal_mode = WAL; PRAGMA application_id = {ApplicationId}", cancellationToken);
            await db.Database.EnsureCreatedAsync(cancellationToken);
        }
        catch (SqliteException e)
        {
            throw new AtlasFileException(path, Reason(e), e);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static string Reason(SqliteException fault) => fault.SqliteErrorCode switch
    {
        CannotOpen => $"it cannot be opened or created. {AtlasFileException.ChooseAnother}",
        ReadOnly => $"it is read-only. Allow writing, or {char.ToLowerInvariant(AtlasFileException.ChooseAnother[0])}{AtlasFileException.ChooseAnother[1..]}",
        NotADatabase or Corrupt => $"it is damaged, and was left as it is. {AtlasFileException.ChooseAnother}",
        _ => $"{fault.Message.TrimEnd('.')}. {AtlasFileException.ChooseAnother}",
    };
}
