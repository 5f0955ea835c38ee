using System.Transactions;
using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>Runs work on pooled connections, once the schema is known to fit. Repeats what the database undid because of a conflict.</summary>
internal sealed class PostgreSqlDatabase : IAsyncDisposable, IDisposable
{
    private const int MaxTries = 5;

    private readonly PostgreSqlJobsOptions _options;
    private readonly NpgsqlDataSource _source;
    private readonly bool _enlists;
    private readonly SemaphoreSlim _opening = new(1, 1);
    private volatile bool _isOpen;
    private volatile bool _disposed;

    public PostgreSqlDatabase(PostgreSqlJobsOptions options, NpgsqlDataSource? registered)
    {
        _options = options;
        OwnsSource = options.ConnectionString is not null;
        _source = OwnsSource
            ? PostgreSqlDataSource.Create(options)
            : options.DataSource ?? registered ?? throw new InvalidOperationException("The options are checked.");
        _enlists = PostgreSqlDataSource.Enlists(_source);
        Name = PostgreSqlDataSource.NameOf(_source);
        Statements = new JobStatements(options.Schema);
    }

    /// <summary>For people: host, port and database, never a password.</summary>
    public string Name { get; }

    public JobStatements Statements { get; }

    /// <summary>Whether the pool is the provider's own, and ends with it.</summary>
    public bool OwnsSource { get; }

    public async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_isOpen)
            return;
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_isOpen)
                return;
            await TryAsync(Ensure, cancellationToken).ConfigureAwait(false);
            _isOpen = true;
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>
    /// Runs <paramref name="work"/> on a connection. The token ends the wait for one; once the work has begun it is not interrupted, because then
    /// nobody would know whether it was done.
    /// </summary>
    public async Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        return await TryAsync(work, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A connection that the caller keeps. Errors are the driver's.</summary>
    public async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        return await OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        if (OwnsSource)
            await _source.DisposeAsync().ConfigureAwait(false);
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        if (OwnsSource)
            _source.Dispose();
    }

    /// <summary>Outside of a <see cref="TransactionScope"/> of the caller: the store has transactions of its own, and repeats them.</summary>
    private async Task<NpgsqlConnection> OpenConnectionAsync(CancellationToken cancellationToken)
    {
        if (!_enlists || Transaction.Current is null)
            return await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        return await Detached.Run(async () => await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task<bool> Ensure(NpgsqlConnection connection)
    {
        await SchemaMigrator.EnsureAsync(connection, _options, Name).ConfigureAwait(false);
        return true;
    }

    private async Task<T> TryAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                NpgsqlConnection connection = await OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
                await using (connection.ConfigureAwait(false))
                    return await work(connection).ConfigureAwait(false);
            }
            catch (PostgresException e) when (tries < MaxTries && PostgreSqlErrors.IsConflict(e))
            {
                // The transaction was rolled back as a whole: nothing has happened.
            }
            catch (Exception e) when (PostgreSqlErrors.IsFaultOfTheDatabase(e))
            {
                throw PostgreSqlErrors.Translate(e, Name, _options.Schema);
            }
        }
    }
}
