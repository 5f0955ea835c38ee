using Microsoft.Extensions.Options;

namespace ProDev.Jobs.Sqlite;

/// <summary>Reports every fault of the options at once.</summary>
internal sealed class SqliteJobsOptionsValidator : IValidateOptions<SqliteJobsOptions>
{
    public ValidateOptionsResult Validate(string? name, SqliteJobsOptions options)
    {
        var faults = new List<string>();
        if (string.IsNullOrWhiteSpace(options.Path) || options.Path.StartsWith(':') || options.Path.StartsWith("file:", StringComparison.Ordinal))
        {
            faults.Add($"SqliteJobsOptions.Path is '{options.Path}', which is no path of a file. Set it to one; for jobs in memory call UseInMemory().");
        }

        if (options.LockTimeout <= TimeSpan.Zero || options.LockTimeout > TimeSpan.FromHours(1))
            faults.Add($"SqliteJobsOptions.LockTimeout is '{options.LockTimeout}'. Set it to more than zero, at most 1 hour.");
        if (options.ProbeInterval <= TimeSpan.Zero || options.ProbeInterval > TimeSpan.FromHours(1))
            faults.Add($"SqliteJobsOptions.ProbeInterval is '{options.ProbeInterval}'. Set it to more than zero, at most 1 hour.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
