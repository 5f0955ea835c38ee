using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ProDev.Repositories.EntityFrameworkCore.Tests;

/// <summary>Keeps the statements that EF sends, with their parameters.</summary>
public sealed class CommandRecorder : DbCommandInterceptor
{
    private readonly List<RecordedCommand> _commands = [];

    public IReadOnlyList<RecordedCommand> Commands => _commands;

    public void Clear() => _commands.Clear();

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        _commands.Add(new RecordedCommand(
            command.CommandText,
            [.. command.Parameters.Cast<DbParameter>().Select(parameter => new RecordedParameter(parameter.ParameterName, parameter.Value))]));
        return new ValueTask<InterceptionResult<DbDataReader>>(result);
    }
}

public sealed record RecordedCommand(string Text, IReadOnlyList<RecordedParameter> Parameters);

public sealed record RecordedParameter(string Name, object? Value);
