namespace ProDev.Repositories.EntityFrameworkCore.Tests;

/// <summary>An entity with the types that SQLite cannot sort.</summary>
public sealed class Moment
{
    public int Id { get; set; }
    public DateTimeOffset At { get; set; }
    public DateTimeOffset AtConverted { get; set; }
    public TimeSpan Lasted { get; set; }
    public ulong Serial { get; set; }
    public decimal Price { get; set; }
    public byte[] Picture { get; set; } = [];
}

/// <summary>An entity whose key has two parts.</summary>
public sealed class Price
{
    public required string Country { get; set; }
    public int Year { get; set; }
    public int Amount { get; set; }
    public IList<PriceNote> Notes { get; } = new List<PriceNote>();
}

public sealed class PriceNote
{
    public int Id { get; set; }
    public required string Text { get; set; }
}
