using Microsoft.Extensions.Options;

namespace ProDev.Jobs;

internal sealed class MemoryJobsOptionsValidator : IValidateOptions<MemoryJobsOptions>
{
    public ValidateOptionsResult Validate(string? name, MemoryJobsOptions options)
    {
        var faults = new List<string>();
        if (options.Capacity < 1)
            faults.Add($"MemoryJobsOptions.Capacity is '{options.Capacity}'. Set it to 1 or more.");
        if (options.FinishedCapacity < 0)
            faults.Add($"MemoryJobsOptions.FinishedCapacity is '{options.FinishedCapacity}'. Set it to 0 or more.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
