using System.Net.Sockets;

namespace ProDev.Retry.Tests;

public sealed class DefaultClassifierTests
{
    // The table needs exceptions that only the runtime may throw, and none of them has anything to say.
#pragma warning disable CA2201, MA0012, MA0015
    public static TheoryData<Exception, bool> Table => new()
    {
        // what another attempt may cure
        { new IOException(), true },
        { new SocketException(), true },
        { new HttpRequestException(), true },
        { new TimeoutException(), true },
        { new InvalidOperationException("An exception has been raised that is likely due to a transient failure."), true },
        { new TaskCanceledException("The request was canceled due to HttpClient.Timeout.", new TimeoutException()), true },
        { new AggregateException(new IOException()), true },

        // cancellation
        { new OperationCanceledException(), false },
        { new TaskCanceledException(), false },

        // what fails fast
        { new CircuitOpenException("geo", CircuitState.Open, TimeSpan.Zero, TimeSpan.Zero, null), false },
        { new ConcurrencyLimitException(1, 0, null), false },

        // wrong use
        { new ArgumentException(), false },
        { new ArgumentNullException(), false },
        { new ArgumentOutOfRangeException(), false },
        { new NullReferenceException(), false },
        { new IndexOutOfRangeException(), false },
        { new InvalidCastException(), false },
        { new ArrayTypeMismatchException(), false },
        { new KeyNotFoundException(), false },
        { new FormatException(), false },
        { new OverflowException(), false },
        { new DivideByZeroException(), false },
        { new NotImplementedException(), false },
        { new NotSupportedException(), false },
        { new ObjectDisposedException("connection"), false },
        { new System.Diagnostics.UnreachableException(), false },

        // a broken process or deployment
        { new OutOfMemoryException(), false },
        { new InsufficientExecutionStackException(), false },
        { new AccessViolationException(), false },
        { new BadImageFormatException(), false },
        { new InvalidProgramException(), false },
        { new TypeLoadException(), false },
        { new TypeInitializationException("Type", null), false },
        { new MissingMethodException(), false },
        { new ThreadInterruptedException(), false },
    };
#pragma warning restore CA2201, MA0012, MA0015

    [Theory]
    [MemberData(nameof(Table))]
    public async Task ExceptionIsRetried_WhenAnotherAttemptMayCureIt(Exception exception, bool isRetried)
    {
        var script = new Script(Script.Throws(exception), Script.Returns(1));
        var call = TestPolicies.WithoutDelay().ExecuteAsync(script.RunAsync).AsTask();

        if (isRetried)
            Assert.Equal(1, await call);
        else
            Assert.Same(exception, await Record.ExceptionAsync(() => call));
        Assert.Equal(isRetried ? 2 : 1, script.Attempts);
        Assert.Equal(isRetried, new ShouldRetryArguments(1, exception, state: null).IsRetriedByDefault);
    }
}
