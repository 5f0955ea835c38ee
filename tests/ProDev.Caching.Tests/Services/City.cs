namespace ProDev.Caching.Tests;

public sealed record City(int Id, string Name, string Country);
