namespace ProDev.Jobs;

/// <summary>What became of the wish to revoke a job.</summary>
public enum JobRevocation
{
    /// <summary>There was nothing to revoke: no such job, or it had ended.</summary>
    TooLate = 0,

    /// <summary>The job was waiting and will not be started any more.</summary>
    Revoked = 1,

    /// <summary>
    /// The job is running. Its worker is told; the job's token fires, and it is revoked when it ends with an exception. If it ends well
    /// all the same, it has succeeded.
    /// </summary>
    Requested = 2,
}
