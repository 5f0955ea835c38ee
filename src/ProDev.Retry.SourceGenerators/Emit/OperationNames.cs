using System.Globalization;

namespace ProDev.Retry.SourceGenerators;

/// <summary>The names that one retried method needs in its decorator.</summary>
internal sealed record OperationNames(string PolicyField, string OperationType)
{
    /// <summary>Names for each method, null where it is not retried. Overloads are numbered from the second on.</summary>
    public static IReadOnlyList<OperationNames?> For(RetryModel model)
    {
        var used = new Dictionary<string, int>(StringComparer.Ordinal);
        return model.Methods.Select(retried => retried.Settings is null ? null : Next(retried.Method.Name.TrimStart('@'))).ToList();

        OperationNames Next(string name)
        {
            used[name] = used.TryGetValue(name, out var count) ? count + 1 : 1;
            var number = used[name] == 1 ? "" : used[name].ToString(CultureInfo.InvariantCulture);
            return new OperationNames($"_{char.ToLowerInvariant(name[0])}{name.Substring(1)}{number}Policy", $"{name}{number}Operation");
        }
    }
}
