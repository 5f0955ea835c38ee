using System.Runtime.InteropServices;

namespace ProDev.Retry;

/// <summary>The tokens of the two who may end a stream: who asked for it, and who reads it. Whoever cancels gets his own token back.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct StreamTokens(CancellationToken caller, CancellationToken reader, CancellationToken either)
{
    /// <summary>Cancelled with either.</summary>
    public CancellationToken Either => either;

    private CancellationToken Canceller => reader.IsCancellationRequested ? reader : caller;

    /// <summary>Whether this is a cancellation by one of the two that carries the token of somebody between.</summary>
    public bool AreHiddenIn(OperationCanceledException cancelled) => either.IsCancellationRequested && cancelled.CancellationToken != Canceller;

    /// <summary>The same cancellation with the token of the one who cancelled.</summary>
    public OperationCanceledException ShownIn(OperationCanceledException cancelled) => new(cancelled.Message, cancelled, Canceller);
}
