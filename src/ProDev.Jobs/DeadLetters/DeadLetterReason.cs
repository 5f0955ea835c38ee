namespace ProDev.Jobs;

/// <summary>Why a job was given up.</summary>
public enum DeadLetterReason
{
    /// <summary>Its last attempt failed with an exception.</summary>
    AttemptsExhausted = 1,

    /// <summary>Its last attempt never answered: the worker died, hung or lost its connection until the lease ran out.</summary>
    WorkerLost = 2,

    /// <summary>No job of this name is registered in the worker that fetched it. Deploy the job, then replay.</summary>
    UnknownJob = 3,

    /// <summary>Its stored arguments do not fit the job's argument type any more. Fix the type, then replay.</summary>
    InvalidArguments = 4,

    /// <summary>The job threw <see cref="JobGivenUpException"/>: trying again was no use.</summary>
    GivenUp = 5,

    /// <summary>
    /// Its time had passed before an attempt could be started; see <see cref="EnqueueOptions.Expires"/>. Replayed, it expires again; if
    /// it is still wanted, enqueue it anew.
    /// </summary>
    Expired = 6,

    /// <summary>
    /// The version of its arguments is later than the worker knows, or an upcaster from it is missing. Update the worker, then replay. See
    /// <see cref="JobAttribute.Version"/>.
    /// </summary>
    UnknownVersion = 7,

    /// <summary>
    /// The job did its work, but what it returned cannot be stored: it cannot be serialised or is too large. Or what
    /// was to follow it in its canvas cannot be made. Replayed, the work is done again.
    /// </summary>
    InvalidResult = 8,
}
