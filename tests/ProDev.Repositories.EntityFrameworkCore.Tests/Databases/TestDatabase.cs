using Microsoft.EntityFrameworkCore;

namespace ProDev.Repositories.EntityFrameworkCore.Tests;

/// <summary>A fresh database with the atlas in it, for one test class.</summary>
public abstract class TestDatabase : IAsyncLifetime
{
    public CommandRecorder Recorder { get; } = new();

    public CursorSigner Signer { get; } = CursorSigner.CreateEphemeral();

    public async Task InitializeAsync()
    {
        await CreateAsync();
        await using var context = Open();
        await context.Database.EnsureCreatedAsync();
        await FillAsync(context);
        await AnalyzeAsync(context);
        Recorder.Clear();
    }

    public abstract Task DisposeAsync();

    public AtlasContext Open() => new(Options().Options);

    public DbContextOptionsBuilder<AtlasContext> Options()
    {
        var options = new DbContextOptionsBuilder<AtlasContext>();
        Use(options);
        options.AddInterceptors(Recorder);
        return options;
    }

    public abstract void Use(DbContextOptionsBuilder options);

    /// <summary>The plan of a statement, one line per step.</summary>
    /// <param name="command">The statement.</param>
    /// <param name="asIfLarge">Whether to plan as for a large table, which nobody reads whole to find a page of rows by their keys.</param>
    public abstract Task<IReadOnlyList<string>> ExplainAsync(RecordedCommand command, bool asIfLarge = false);

    /// <summary>Runs a statement of the test's own.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql)
    {
        await using var context = Open();
        return await ReadAsync<T>(context, sql, []);
    }

    protected abstract Task CreateAsync();

    protected abstract Task AnalyzeAsync(AtlasContext context);

    protected static async Task<IReadOnlyList<T>> ReadAsync<T>(DbContext context, string sql, IEnumerable<RecordedParameter> parameters, int column = 0)
    {
        await context.Database.OpenConnectionAsync();
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            rows.Add(reader.GetFieldValue<T>(column));

        return rows;
    }

    private static async Task FillAsync(AtlasContext context)
    {
        context.Districts.AddRange(Enumerable.Range(1, 20).Select(id => new District { Id = id, Name = $"District {id}" }));
        await context.SaveChangesAsync();
        foreach (var chunk in AtlasData.Generate().Chunk(1000))
        {
            context.ChangeTracker.Clear();
            context.Cities.AddRange(chunk);
            await context.SaveChangesAsync();
        }

        context.Prices.AddRange(Enumerable.Range(0, 60).Select(i => new Price
        {
            Country = $"C{i % 6}",
            Year = 2000 + (i / 6),
            Amount = i % 4,
            Notes = { new PriceNote { Text = "a" }, new PriceNote { Text = "b" } },
        }));
        context.Moments.AddRange(Enumerable.Range(1, 30).Select(id => new Moment
        {
            Id = id,
            At = DateTimeOffset.UnixEpoch,
            AtConverted = DateTimeOffset.UnixEpoch.AddHours(id % 5),
        }));
        await context.SaveChangesAsync();
    }
}
