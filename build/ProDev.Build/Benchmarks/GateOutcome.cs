namespace ProDev.Build;

/// <summary>What became of one gate: the first measurement, and the second where the first missed a ratio.</summary>
/// <param name="First">The first measurement.</param>
/// <param name="Second">The only other one; null when the first was met or may not be repeated.</param>
/// <remarks>A gate that is met at the second try passes, and both figures are shown: the reader sees how close it was.</remarks>
public sealed record GateOutcome(GateCheck First, GateCheck? Second)
{
    /// <summary>The promise.</summary>
    public Gate Gate => First.Gate;

    /// <summary>Whether the promise was kept, at the first or at the second try.</summary>
    public bool Passed => First.Verdict is GateVerdict.Met || Second?.Verdict is GateVerdict.Met;

    /// <summary>Whether the suite of this gate must be measured once more before it is judged.</summary>
    public bool NeedsAnotherTry =>
        First.Verdict is GateVerdict.Missed && Second is null && Gate is { Peer: not null, MayBeDisturbed: true };
}
