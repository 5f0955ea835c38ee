namespace ProDev.Jobs;

/// <summary>Why the token of a running job has fired.</summary>
public enum JobCancellationCause
{
    /// <summary>It has not fired.</summary>
    None = 0,

    /// <summary>The worker must end. An attempt that ends with an exception now is handed back and not counted.</summary>
    WorkerStopping = 1,

    /// <summary>The lease is gone: another worker may run the job, and nothing that this attempt does decides about it any more.</summary>
    LeaseLost = 2,

    /// <summary>The soft time limit has passed. An attempt that ends with an exception now has failed; a normal return still completes the job.</summary>
    SoftTimeLimit = 3,

    /// <summary>The hard time limit has passed. The worker does not wait for the attempt any more and has recorded it as failed.</summary>
    HardTimeLimit = 4,

    /// <summary>Somebody revoked the job. An attempt that ends with an exception now ends the job as <see cref="JobState.Revoked"/>.</summary>
    Revoked = 5,
}
