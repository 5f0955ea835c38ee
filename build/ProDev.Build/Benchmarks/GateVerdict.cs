namespace ProDev.Build;

/// <summary>What a measurement says about a gate.</summary>
public enum GateVerdict
{
    /// <summary>Within the limits.</summary>
    Met,

    /// <summary>Outside the limits.</summary>
    Missed,

    /// <summary>The subject or its peer was not measured, or not with this metric. This counts as a failure.</summary>
    NotMeasured,
}
