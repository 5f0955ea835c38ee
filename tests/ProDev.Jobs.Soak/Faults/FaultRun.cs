using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace ProDev.Jobs.Soak;

/// <summary>One run of one fault on one store: its ledger, its random numbers, and the processes and hosts that take part.</summary>
public sealed class FaultRun : IAsyncDisposable
{
    /// <summary>Only ends a run that hangs; nothing is proved by it.</summary>
    public static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    private readonly List<RoleProcess> _processes = [];
    private readonly List<IHost> _hosts = [];
    private readonly List<Ledger> _ledgers = [];
    private readonly List<FaultProxy> _proxies = [];
    private readonly ConcurrentDictionary<string, int> _injected = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Finding> _findings = new();
    private readonly string _folder;
    private readonly IHost _client;

    private FaultRun(SoakStore store, PrivatePostgres? server, int seed, string folder)
    {
        (Store, Server, Seed, _folder) = (store, server, seed, folder);
        Random = new Random(seed);
        Ledgers = new LedgerReader(folder);
        _client = SoakHosts.CreateClient(store, NewLedger("client"));
    }

    public SoakStore Store { get; }

    /// <summary>The server of the store, if it may be killed.</summary>
    public PrivatePostgres? Server { get; }

    public int Seed { get; }

    public Random Random { get; }

    public LedgerReader Ledgers { get; }

    /// <summary>The folder of the ledgers, for those that write one of their own.</summary>
    public string LedgerFolder => _folder;

    /// <summary>Reaches the store directly, past every fault but those of the server.</summary>
    public IJobClient Client => _client.Services.GetRequiredService<IJobClient>();

    public IServiceProvider Services => _client.Services;

    /// <summary>The store's clock.</summary>
    public async Task<DateTimeOffset> NowAsync() => await Services.GetRequiredService<IJobStore>().GetTimeAsync(default);

    /// <summary>Runs a fault from beginning to end.</summary>
    /// <param name="fault">Which.</param>
    /// <param name="store">A new, empty store.</param>
    /// <param name="server">Its server, if the fault needs one of its own.</param>
    /// <param name="seed">Where random numbers begin.</param>
    /// <param name="times">How often the fault is injected.</param>
    public static async Task<FaultOutcome> RunAsync(Fault fault, SoakStore store, PrivatePostgres? server, int seed, int times)
    {
        var clock = Stopwatch.StartNew();
        string folder = Directory.CreateTempSubdirectory("prodev-soak-").FullName;
        try
        {
            await using var run = new FaultRun(store, server, seed, folder);
            await run.Services.GetRequiredService<IJobStore>().OpenAsync(default);
            await fault.RunAsync(run, times);
            await run.DrainAsync();
            IReadOnlyList<LedgerLine> lines = run.Ledgers.Read();
            return new FaultOutcome
            {
                Fault = fault.Name,
                Store = store.Kind,
                Seed = seed,
                Injected = run._injected,
                Jobs = lines.Where(static l => l.Event == LedgerEvent.Confirmed).Select(static l => l.Id).Distinct().Count(),
                Starts = lines.Count(static l => l.Event == LedgerEvent.Started),
                Refused = lines.Count(static l => l.Event == LedgerEvent.Refused),
                Findings = [.. run._findings, .. await run.CheckAsync(lines)],
                Took = clock.Elapsed,
            };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public void Inject(string what) => _injected.AddOrUpdate(what, 1, static (_, n) => n + 1);

    public void Find(FindingKind kind, string text) => _findings.Enqueue(new Finding(kind, text));

    /// <summary>A name that no other process of the run has.</summary>
    public string NextName(string role) => string.Create(CultureInfo.InvariantCulture, $"{role}{_processes.Count + _ledgers.Count}");

    /// <summary>A worker that is a process of its own.</summary>
    public RoleProcess StartWorker(Func<RoleArguments, RoleArguments>? configure = null) => Start(RoleArguments.Worker, configure);

    /// <summary>A producer that is a process of its own.</summary>
    public RoleProcess StartProducer(Func<RoleArguments, RoleArguments>? configure = null) => Start(RoleArguments.Producer, configure);

    /// <summary>A proxy before the server of the store. It lasts until the run has ended: what works through it is not done when the fault is.</summary>
    public FaultProxy StartProxy()
    {
        var address = new NpgsqlConnectionStringBuilder(((PostgreSqlSoakStore)Store).ConnectionString);
        var proxy = new FaultProxy(address.Host!, address.Port);
        _proxies.Add(proxy);
        return proxy;
    }

    /// <summary>A worker in this process.</summary>
    public async Task<IHost> HostWorkerAsync(SoakStore? through = null, TimeProvider? clock = null)
    {
        string name = NextName("hosted");
        IHost host = SoakHosts.CreateWorker(
            new RoleArguments { Role = RoleArguments.Worker, Name = name, Store = through ?? Store, Ledgers = _folder }, NewLedger(name), clock);
        _hosts.Add(host);
        await host.StartAsync();
        return host;
    }

    /// <summary>A producer in this process.</summary>
    public Producer HostProducer(SoakStore? through = null, TimeSpan skew = default)
    {
        string name = NextName("p");
        Ledger ledger = NewLedger(name);
        IHost host = SoakHosts.CreateClient(through ?? Store, ledger, skew);
        _hosts.Add(host);
        return new Producer(host.Services.GetRequiredService<IJobClient>(), through ?? Store, ledger, new Random(Random.Next()), name);
    }

    /// <summary>Lets a producer work while something happens, and ends it then.</summary>
    public static async Task UnderLoadAsync(Producer producer, Func<Task> happening)
    {
        using var enough = new CancellationTokenSource();
        Task producing = Task.Run(() => producer.RunAsync(0, isPlain: false, enough.Token));
        try
        {
            await happening();
        }
        finally
        {
            await enough.CancelAsync();
            await producing.WaitAsync(Hang);
        }
    }

    /// <summary>Waits for a condition.</summary>
    /// <returns>Whether it came true before the run was taken for hanging.</returns>
    public static async Task<bool> UntilAsync(Func<Task<bool>> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > Hang)
                return false;
            await Task.Delay(5);
        }

        return true;
    }

    /// <inheritdoc cref="UntilAsync(Func{Task{bool}})"/>
    public static Task<bool> UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    /// <summary>A moment within the work: after so many more starts, and a few milliseconds.</summary>
    public async Task SomewhereAsync(int starts)
    {
        int enough = Ledgers.Count(LedgerEvent.Started) + Random.Next(1, starts + 1);
        if (!await UntilAsync(() => Ledgers.Count(LedgerEvent.Started) >= enough))
            Find(FindingKind.Stuck, "No job has been started for a minute.");
        await Task.Delay(Random.Next(0, 10));
    }

    public async ValueTask DisposeAsync()
    {
        _processes.ForEach(static p => p.Dispose());
        foreach (IHost host in _hosts.Append(_client))
            await ((IAsyncDisposable)host).DisposeAsync();
        foreach (FaultProxy proxy in _proxies)
            await proxy.DisposeAsync();
        _ledgers.ForEach(static l => l.Dispose());
    }

    /// <summary>Waits until nothing is under way.</summary>
    private async Task DrainAsync()
    {
        string last = "";
        bool isDone = await UntilAsync(async () =>
        {
            try
            {
                JobCounts counts = await Client.CountAsync();
                last = counts.ToString();
                return counts.Pending == 0;
            }
            catch (JobStoreException e)
            {
                last = e.Message;
                return false;
            }
        });
        if (!isDone)
            Find(FindingKind.Stuck, $"Jobs do not come to an end: {last}");
    }

    private async Task<IReadOnlyList<Finding>> CheckAsync(IReadOnlyList<LedgerLine> lines)
    {
        var jobs = new Dictionary<Guid, JobInfo?>();
        foreach (Guid id in lines.Where(static l => l.Event == LedgerEvent.Confirmed).Select(static l => l.Id).Distinct())
            jobs[id] = await Client.FindAsync(id);
        List<Finding> findings = [.. LedgerChecker.Check(lines, jobs.GetValueOrDefault)];
        if (await Store.FindDamageAsync() is { } damage)
            findings.Add(new Finding(FindingKind.Damaged, damage));
        return findings;
    }

    private RoleProcess Start(string role, Func<RoleArguments, RoleArguments>? configure)
    {
        var settings = new RoleArguments { Role = role, Name = NextName(role), Store = Store, Ledgers = _folder, Seed = Random.Next() };
        var process = RoleProcess.Start(configure?.Invoke(settings) ?? settings);
        _processes.Add(process);
        return process;
    }

    private Ledger NewLedger(string name)
    {
        var ledger = new Ledger(_folder, name);
        _ledgers.Add(ledger);
        return ledger;
    }
}
