using Microsoft.Extensions.Options;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>Reports every fault of the settings at once.</summary>
internal sealed class RepositoryOptionsValidator : IValidateOptions<RepositoryOptions>
{
    public ValidateOptionsResult Validate(string? name, RepositoryOptions options)
    {
        var faults = new List<string>();
        for (var i = 0; i < options.CursorKeys.Count; i++)
        {
            // The key itself is a secret and stays out of the message.
            if (CursorKeys.TryParse(options.CursorKeys[i]) is not { } key)
                faults.Add($"CursorKeys[{i}] is not base64. Generate a key with: openssl rand -base64 32");
            else if (key.Length < CursorSigner.MinKeyBytes)
                faults.Add($"CursorKeys[{i}] has '{key.Length}' bytes and at least {CursorSigner.MinKeyBytes} are needed. Generate a key with: openssl rand -base64 32");
            else if (options.CursorKeys.Take(i).Contains(options.CursorKeys[i], StringComparer.Ordinal))
                faults.Add($"CursorKeys[{i}] is listed twice. List each key once, the signing key first.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
