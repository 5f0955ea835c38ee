using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ProDev.Retry.Tests.Recipes;

/// <summary>Lets commands fail before they reach the database.</summary>
internal sealed class FailingCommands : DbCommandInterceptor
{
    private readonly HashSet<int> _faulty = [];

    public bool IsTransient { get; set; } = true;

    /// <summary>Gets how many commands were tried.</summary>
    public int Commands { get; private set; }

    /// <param name="commands">Which of the next commands fail: 1 is the next one.</param>
    public void FailOn(params int[] commands) => _faulty.UnionWith(commands.Select(number => Commands + number));

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        FailIfAsked();
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        FailIfAsked();
        return new(result);
    }

    private void FailIfAsked()
    {
        if (_faulty.Contains(++Commands))
            throw new DatabaseFault(IsTransient);
    }
}
