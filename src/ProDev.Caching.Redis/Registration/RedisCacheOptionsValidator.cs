using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ProDev.Caching.Redis;

/// <summary>Checks the options and reports every fault at once.</summary>
internal sealed class RedisCacheOptionsValidator(IServiceProviderIsService? registered = null) : IValidateOptions<RedisCacheOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, RedisCacheOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> Faults(RedisCacheOptions options)
    {
        if (options.Configuration is null && !HasMultiplexer(options.ServiceKey))
        {
            yield return "RedisCacheOptions.Configuration is not set, and no IConnectionMultiplexer is registered. "
                + "Set it to the address of Redis, as in 'localhost:6379', or register a multiplexer.";
        }

        if (options.Configuration is not null && !IsReadable(options.Configuration))
        {
            yield return "RedisCacheOptions.Configuration cannot be read, or names no server. It is not repeated here, because it may hold a password. "
                + "Set it to addresses and settings separated by commas, as in 'localhost:6379,ssl=true'.";
        }

        if (options.KeyPrefix is { Length: 0 })
            yield return "RedisCacheOptions.KeyPrefix is ''; it must have at least one character, or be null for the default.";
        if (!IsInRange(options.HeartbeatInterval))
            yield return $"RedisCacheOptions.HeartbeatInterval is '{options.HeartbeatInterval}'; it must be from '{Shortest}' to '{Longest}'.";
        if (!IsInRange(options.LoadLockLease))
            yield return $"RedisCacheOptions.LoadLockLease is '{options.LoadLockLease}'; it must be from '{Shortest}' to '{Longest}'.";
    }

    // A container that cannot tell is given the benefit of the doubt; the first use then says what is missing.
    private bool HasMultiplexer(object? serviceKey) => registered is null
        || registered.IsService(typeof(IConnectionMultiplexer))
        || (serviceKey is not null && registered is IServiceProviderIsKeyedService keyed && keyed.IsKeyedService(typeof(IConnectionMultiplexer), serviceKey));

    private static bool IsReadable(string configuration)
    {
        try
        {
            return ConfigurationOptions.Parse(configuration).EndPoints.Count > 0;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or OverflowException)
        {
            return false;
        }
    }

    private static bool IsInRange(TimeSpan value) => value >= Shortest && value <= Longest;
}
