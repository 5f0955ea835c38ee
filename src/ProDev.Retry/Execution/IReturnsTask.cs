namespace ProDev.Retry;

/// <summary>
/// States that an <see cref="IRetryOperation{T}"/> wraps a <see cref="Task{TResult}"/>, so that a policy hands a completed one back as it is, and
/// <see cref="ValueTask{TResult}.AsTask"/> allocates no other. Generated decorators use it.
/// </summary>
public interface IReturnsTask;
