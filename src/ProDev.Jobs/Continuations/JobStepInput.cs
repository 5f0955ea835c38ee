namespace ProDev.Jobs;

/// <summary>How a step gets the result of the step before it.</summary>
public enum JobStepInput
{
    /// <summary>Not at all: it has arguments of its own (Celery's immutable signature).</summary>
    None = 0,

    /// <summary>The result is its arguments.</summary>
    Arguments = 1,

    /// <summary>The result becomes one member of its arguments.</summary>
    Member = 2,
}
