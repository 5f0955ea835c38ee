namespace ProDev.Caching.Tests;

/// <summary>Keys of every shape that has a text.</summary>
public interface IShapes
{
    [Cached]
    int Count(int id);

    [Cached]
    int Count(int? id);

    [Cached]
    int Count(string id);

    [Cached]
    Task<int> AllAsync(byte number, DayOfWeek day, DayOfWeek? other, (string Text, Guid? Id) pair, Place place, Place? nowhere);
}

public readonly record struct Point(double X, string? Label);

public sealed record Place(string Name, Point? At);

/// <summary>Answers nothing of interest.</summary>
public sealed class Shapes : IShapes
{
    public int Count(int id) => 0;

    public int Count(int? id) => 0;

    public int Count(string id) => 0;

    public Task<int> AllAsync(byte number, DayOfWeek day, DayOfWeek? other, (string Text, Guid? Id) pair, Place place, Place? nowhere) => Task.FromResult(0);
}
