namespace ProDev.Jobs.Soak;

/// <summary>Gives a fault a store of its own, and takes it away afterwards.</summary>
public static class FaultRunner
{
    /// <param name="fault">Which.</param>
    /// <param name="kind">The kind of the store.</param>
    /// <param name="connectionString">The PostgreSQL server; not asked for with SQLite.</param>
    /// <param name="server">The same server, if it may be killed.</param>
    /// <param name="seed">Where random numbers begin.</param>
    /// <param name="times">How often the fault is injected.</param>
    public static async Task<FaultOutcome> RunAsync(
        Fault fault, string kind, string? connectionString, PrivatePostgres? server, int seed, int times)
    {
        if (kind == PostgreSqlSoakStore.Name)
        {
            var store = PostgreSqlSoakStore.Create(connectionString!);
            try
            {
                return await FaultRun.RunAsync(fault, store, server, seed, times);
            }
            finally
            {
                await store.DropAsync();
            }
        }

        string folder = Directory.CreateTempSubdirectory("prodev-soak-db-").FullName;
        try
        {
            return await FaultRun.RunAsync(fault, new SqliteSoakStore(Path.Combine(folder, "jobs.db")), server: null, seed, times);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
