namespace ProDev.Retry;

/// <summary>A delegate with its state, seen as an operation: judges see the state, not the pair.</summary>
internal interface IHasState
{
    object? State { get; }
}
