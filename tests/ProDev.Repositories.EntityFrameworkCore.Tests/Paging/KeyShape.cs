namespace ProDev.Repositories.EntityFrameworkCore.Tests;

/// <summary>Orders of every kind: how many keys, which types, which directions, nulls, ties.</summary>
public enum KeyShape
{
    PrimaryKeyOnly,
    TextAscending,
    TextDescending,
    NullableAscending,
    NullableDescending,
    NullableTextAscending,
    NullableDateDescending,
    MixedThreeKeys,
    TwoNullableKeys,
    EnumAsTextThenGuid,
    BooleanThenTime,
    FilteredMixed,
    FilteredFourKeys,
    UniqueConvertedKey,
    ComplexProperty,
    NullableComplexPropertyDescending,
}

/// <summary>An order and the same order in SQL, written by hand.</summary>
public static class KeyShapes
{
    public static string Sql(this KeyShape shape) => shape switch
    {
        KeyShape.PrimaryKeyOnly => """ORDER BY "Id" """,
        KeyShape.TextAscending => """ORDER BY "Name", "Id" """,
        KeyShape.TextDescending => """ORDER BY "Name" DESC, "Id" DESC""",
        KeyShape.NullableAscending => """ORDER BY "Population", "Id" """,
        KeyShape.NullableDescending => """ORDER BY "Population" DESC, "Id" DESC""",
        KeyShape.NullableTextAscending => """ORDER BY "Region", "Id" """,
        KeyShape.NullableDateDescending => """ORDER BY "Founded" DESC, "Id" DESC""",
        KeyShape.MixedThreeKeys => """ORDER BY "Rank" DESC, "Name", "Population", "Id" """,
        KeyShape.TwoNullableKeys => """ORDER BY "Founded", "Elevation" DESC, "Id" DESC""",
        KeyShape.EnumAsTextThenGuid => """ORDER BY "RankText", "Token" DESC, "Id" DESC""",
        KeyShape.BooleanThenTime => """ORDER BY "IsCapital" DESC, "Added", "Id" """,
        KeyShape.FilteredMixed => """WHERE "Country" = 'FR' ORDER BY "Population" DESC, "Id" DESC""",
        KeyShape.FilteredFourKeys => """WHERE "Country" = 'FR' ORDER BY "Country", "Population" DESC, "Name", "Id" """,
        KeyShape.UniqueConvertedKey => """ORDER BY "Code" DESC""",
        KeyShape.ComplexProperty => """WHERE "Country" = 'FR' ORDER BY "Location_Latitude", "Id" """,
        KeyShape.NullableComplexPropertyDescending => """WHERE "Country" = 'FR' ORDER BY "Location_Depth" DESC, "Id" DESC""",
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "Unknown shape."),
    };

    /// <summary>Whether an index of the model serves the order. The others are ordered by a sort, as they would be in any query.</summary>
    public static bool HasIndex(this KeyShape shape) => shape is not (KeyShape.ComplexProperty or KeyShape.NullableComplexPropertyDescending);
}

/// <summary>The cities in one of the orders.</summary>
public sealed class CitiesIn : Specification<City>
{
    public CitiesIn(KeyShape shape, string country = "FR")
    {
        switch (shape)
        {
            case KeyShape.PrimaryKeyOnly:
                break;
            case KeyShape.TextAscending:
                OrderBy(c => c.Name);
                break;
            case KeyShape.TextDescending:
                OrderByDescending(c => c.Name);
                break;
            case KeyShape.NullableAscending:
                OrderBy(c => c.Population);
                break;
            case KeyShape.NullableDescending:
                OrderByDescending(c => c.Population);
                break;
            case KeyShape.NullableTextAscending:
                OrderBy(c => c.Region);
                break;
            case KeyShape.NullableDateDescending:
                OrderByDescending(c => c.Founded);
                break;
            case KeyShape.MixedThreeKeys:
                OrderByDescending(c => c.Rank);
                ThenBy(c => c.Name);
                ThenBy(c => c.Population);
                break;
            case KeyShape.TwoNullableKeys:
                OrderBy(c => c.Founded);
                ThenByDescending(c => c.Elevation);
                break;
            case KeyShape.EnumAsTextThenGuid:
                OrderBy(c => c.RankText);
                ThenByDescending(c => c.Token);
                break;
            case KeyShape.BooleanThenTime:
                OrderByDescending(c => c.IsCapital);
                ThenBy(c => c.Added);
                break;
            case KeyShape.FilteredMixed:
                Where(c => c.Country == country);
                OrderByDescending(c => c.Population);
                break;
            case KeyShape.FilteredFourKeys:
                Where(c => c.Country == country);
                OrderBy(c => c.Country);
                ThenByDescending(c => c.Population);
                ThenBy(c => c.Name);
                break;
            case KeyShape.UniqueConvertedKey:
                OrderByDescending(c => c.Code);
                ThenBy(c => c.Name);
                break;
            case KeyShape.ComplexProperty:
                Where(c => c.Country == country);
                OrderBy(c => c.Location.Latitude);
                break;
            case KeyShape.NullableComplexPropertyDescending:
                Where(c => c.Country == country);
                OrderByDescending(c => c.Location.Depth);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(shape), shape, "Unknown shape.");
        }

        Unbounded();
    }
}
