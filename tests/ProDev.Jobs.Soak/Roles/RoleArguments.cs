using System.Globalization;

namespace ProDev.Jobs.Soak;

/// <summary>What a process of a run is told on its command line: a role, then pairs of name and value.</summary>
public sealed record RoleArguments
{
    public const string Worker = "worker";
    public const string Producer = "producer";

    /// <summary><see cref="Worker"/> or <see cref="Producer"/>.</summary>
    public required string Role { get; init; }

    /// <summary>The name of the process: that of its ledger, and the beginning of the keys that it makes.</summary>
    public required string Name { get; init; }

    public required SoakStore Store { get; init; }

    /// <summary>The folder of the ledgers.</summary>
    public required string Ledgers { get; init; }

    /// <summary>Where random numbers begin.</summary>
    public int Seed { get; init; }

    /// <summary>How many steps a producer takes; 0 for no end.</summary>
    public int Steps { get; init; }

    /// <summary>Whether a producer enqueues single jobs only, by calls of their own.</summary>
    public bool IsPlain { get; init; }

    /// <summary>How far the clock of the process is wrong.</summary>
    public TimeSpan Skew { get; init; }

    /// <summary>Whether a worker is to believe that its leases last for ever.</summary>
    public bool IsBlind { get; init; }

    /// <summary>When a worker kills itself; <see langword="null"/> for never.</summary>
    public JoinDeath? Death { get; init; }

    public IReadOnlyList<string> ToWords() =>
    [
        Role, "name", Name, "store", Store.Kind, "connection", Store is PostgreSqlSoakStore p ? p.ConnectionString : ((SqliteSoakStore)Store).Path,
        "schema", (Store as PostgreSqlSoakStore)?.Schema ?? "-", "ledgers", Ledgers, "seed", Text(Seed), "steps", Text(Steps), "skew", Skew.ToString("c"),
        "blind", IsBlind.ToString(), "plain", IsPlain.ToString(), "death", Death?.ToString() ?? "-",
    ];

    public static RoleArguments Parse(IReadOnlyList<string> words)
    {
        Dictionary<string, string> values = words.Skip(1).Chunk(2).ToDictionary(static p => p[0], static p => p[1], StringComparer.Ordinal);
        return new RoleArguments
        {
            Role = words[0],
            Name = values["name"],
            Store = values["store"] == SqliteSoakStore.Name
                ? new SqliteSoakStore(values["connection"])
                : new PostgreSqlSoakStore(values["connection"], values["schema"]),
            Ledgers = values["ledgers"],
            Seed = int.Parse(values["seed"], CultureInfo.InvariantCulture),
            Steps = int.Parse(values["steps"], CultureInfo.InvariantCulture),
            Skew = TimeSpan.Parse(values["skew"], CultureInfo.InvariantCulture),
            IsPlain = bool.Parse(values["plain"]),
            IsBlind = bool.Parse(values["blind"]),
            Death = values["death"] == "-" ? null : JoinDeath.Parse(values["death"]),
        };
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
