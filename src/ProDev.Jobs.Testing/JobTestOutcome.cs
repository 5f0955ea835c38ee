namespace ProDev.Jobs.Testing;

/// <summary>What became of one attempt.</summary>
public enum JobTestOutcome
{
    /// <summary>The job returned normally, and is done.</summary>
    Succeeded = 0,

    /// <summary>It failed, and another attempt follows after <see cref="JobTestRun.RetryDelay"/>.</summary>
    Retried = 1,

    /// <summary>It was given up; see <see cref="JobTestRun.DeadLetterReason"/>.</summary>
    DeadLettered = 2,

    /// <summary>The host was disposed while it ran; the attempt does not count.</summary>
    Returned = 3,

    /// <summary>The job was revoked while it ran, and has ended.</summary>
    Revoked = 4,
}
