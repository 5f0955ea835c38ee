using System.Diagnostics;

namespace ProDev.Retry;

/// <summary>The judge of a policy that was given none; its list is documented on <see cref="ShouldRetryArguments"/>.</summary>
internal static class DefaultClassifier
{
    public static bool IsRetried(Exception exception) => exception switch
    {
        OperationCanceledException => exception.InnerException is TimeoutException,
        CircuitOpenException or ConcurrencyLimitException => false,
        _ => !IsWrongUse(exception) && !IsBrokenProcess(exception),
    };

    private static bool IsWrongUse(Exception exception) => exception
        is ArgumentException
        or NullReferenceException
        or IndexOutOfRangeException
        or InvalidCastException
        or ArrayTypeMismatchException
        or KeyNotFoundException
        or FormatException
        or ArithmeticException
        or NotImplementedException
        or NotSupportedException
        or ObjectDisposedException
        or UnreachableException;

    private static bool IsBrokenProcess(Exception exception) => exception
        is OutOfMemoryException
        or InsufficientExecutionStackException
        or AccessViolationException
        or BadImageFormatException
        or InvalidProgramException
        or TypeLoadException
        or TypeInitializationException
        or MemberAccessException
        or ThreadInterruptedException;
}
