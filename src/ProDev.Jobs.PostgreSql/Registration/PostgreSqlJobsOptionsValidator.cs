using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>Reports every fault of the options at once.</summary>
internal sealed class PostgreSqlJobsOptionsValidator(IServiceProviderIsService? registered = null) : IValidateOptions<PostgreSqlJobsOptions>
{
    public ValidateOptionsResult Validate(string? name, PostgreSqlJobsOptions options)
    {
        var faults = new List<string>();
        if (options.ConnectionString is { } text)
        {
            if (Fault(text) is { } fault)
                faults.Add($"PostgreSqlJobsOptions.ConnectionString cannot be used: {fault} Set it to one such as 'Host=db;Database=app;Username=jobs'.");
        }
        else if (options.DataSource is null && registered?.IsService(typeof(NpgsqlDataSource)) == false)
        {
            faults.Add(
                "PostgreSqlJobsOptions names no database. Set ConnectionString or DataSource, or register an NpgsqlDataSource in the service collection.");
        }

        if (!PostgreSqlJobsSchema.IsName(options.Schema))
            faults.Add($"PostgreSqlJobsOptions.Schema: {PostgreSqlJobsSchema.Malformed(options.Schema)}");
        if (options.PollInterval <= TimeSpan.Zero || options.PollInterval > TimeSpan.FromHours(1))
            faults.Add($"PostgreSqlJobsOptions.PollInterval is '{options.PollInterval}'. Set it to more than zero, at most 1 hour.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    /// <summary>Never quotes the text: it may hold a password.</summary>
    private static string? Fault(string connectionString)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
            return "it is empty.";
        try
        {
            return string.IsNullOrWhiteSpace(new NpgsqlConnectionStringBuilder(connectionString).Host) ? "it names no host." : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return "it is malformed, or has a keyword that Npgsql does not know.";
        }
    }
}
