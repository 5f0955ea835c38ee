using System.Text.Json;

namespace ProDev.Jobs;

/// <summary>A unique key as JSON. What has its default value is left out.</summary>
internal sealed class UniqueDocument
{
    public string? Key { get; init; }

    public TimeSpan? Period { get; init; }

    public JobUniqueStates? States { get; init; }

    public JobConflict? OnConflict { get; init; }

    public static UniqueDocument? Of(JobUniqueKey? unique) => unique is null
        ? null
        : new UniqueDocument
        {
            Key = unique.Key,
            Period = unique.Period,
            States = unique.States == JobUniqueStates.Unfinished ? null : unique.States,
            OnConflict = unique.OnConflict == JobConflict.Skip ? null : unique.OnConflict,
        };

    public JobUniqueKey ToKey() => new()
    {
        Key = Key ?? throw new JsonException("The unique key has no text."),
        Period = Period,
        States = States ?? JobUniqueStates.Unfinished,
        OnConflict = OnConflict ?? JobConflict.Skip,
    };
}
