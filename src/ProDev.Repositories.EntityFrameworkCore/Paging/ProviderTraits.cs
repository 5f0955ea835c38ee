using Microsoft.EntityFrameworkCore;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>What a page must know about the order of a database provider.</summary>
internal sealed class ProviderTraits
{
    private static readonly Dictionary<string, ProviderTraits> Known = new(StringComparer.Ordinal)
    {
        ["Npgsql.EntityFrameworkCore.PostgreSQL"] = new(nullsAreLargest: true, isSqlite: false),
        ["Microsoft.EntityFrameworkCore.Sqlite"] = new(nullsAreLargest: false, isSqlite: true),
        ["Microsoft.EntityFrameworkCore.SqlServer"] = new(nullsAreLargest: false, isSqlite: false),
    };

    private static readonly ProviderTraits Unknown = new(nullsAreLargest: null, isSqlite: false);

    private readonly bool _isSqlite;

    private ProviderTraits(bool? nullsAreLargest, bool isSqlite)
    {
        NullsAreLargest = nullsAreLargest;
        _isSqlite = isSqlite;
    }

    /// <summary>Whether null sorts after every value in ascending order, or before; null when not known.</summary>
    public bool? NullsAreLargest { get; }

    public static ProviderTraits Of(DbContext context) => Known.GetValueOrDefault(context.Database.ProviderName ?? string.Empty, Unknown);

    /// <summary>Why a column of a stored type cannot be sorted by an index, and what to do; null when it can.</summary>
    public (string Reason, string Remedy)? WhyUnsortable(Type type)
    {
        if (!_isSqlite)
            return null;

        var remedy = type == typeof(DateTimeOffset) ? "Map it with HasConversion(new DateTimeOffsetToBinaryConverter()), or to a UTC DateTime"
            : type == typeof(TimeSpan) ? "Map it with HasConversion<long>(), which stores its ticks"
            : type == typeof(ulong) ? "Map it with HasConversion<long>() if its values fit"
            : type == typeof(decimal) ? "Map it with HasConversion to a long of its smallest unit, such as cents, or to a double if rounding does not matter"
            : null;
        return remedy is null ? null : ($"is stored as '{type.Name}', which SQLite keeps as text or bits that do not sort in its order", remedy);
    }
}
