using System.Globalization;

namespace ProDev.Retry.SourceGenerators;

/// <summary>The names that one retried method needs in its decorator.</summary>
internal sealed record OperationNames(string PolicyField, string OperationType)
{
    /// <summary>
    /// Names for each method, null where it is not retried. A name that another method has, as overloads do, gets the next free
    /// number; fields start with a small letter, so case makes no difference.
    /// </summary>
    public static IReadOnlyList<OperationNames?> For(RetryModel model)
    {
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return model.Methods.Select(retried => retried.Settings is null ? null : Next(retried.Method.Name.TrimStart('@'))).ToList();

        OperationNames Next(string method)
        {
            var name = method;
            for (var number = 2; !used.Add(name); number++)
                name = method + number.ToString(CultureInfo.InvariantCulture);
            return new OperationNames($"_{char.ToLowerInvariant(name[0])}{name.Substring(1)}Policy", $"{name}Operation");
        }
    }
}
