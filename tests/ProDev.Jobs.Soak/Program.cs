namespace ProDev.Jobs.Soak;

/// <summary>
/// The long run (<c>soak --minutes 30 --seed 1 --output FOLDER --fault NAME --store KIND</c>, all optional), and the processes that it starts and kills.
/// Exit codes: 0 nothing found, 1 findings, 2 wrong usage.
/// </summary>
public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args.Length > 0 && args[0] is RoleArguments.Worker or RoleArguments.Producer)
        {
            await Role.RunAsync(RoleArguments.Parse(args));
            return 0;
        }

        if (args.Length == 0 || args[0] != SoakOptions.Verb)
        {
            await Console.Error.WriteLineAsync($"The first word must be '{SoakOptions.Verb}', but is '{args.FirstOrDefault()}'.");
            return 2;
        }

        SoakOptions options;
        try
        {
            options = SoakOptions.Parse(args[1..]);
        }
        catch (FormatException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }

        Console.WriteLine($"Seed {options.Seed}.");
        IReadOnlyList<FaultOutcome> outcomes = await new SoakSession(options, Console.WriteLine).RunAsync();
        int findings = outcomes.Sum(static o => o.Findings.Count);
        Console.WriteLine($"{outcomes.Count} runs of faults, {findings} findings. Report: {Path.Combine(options.Output, "report.md")}");
        return findings == 0 ? 0 : 1;
    }
}
