using System.Diagnostics.Metrics;

namespace ProDev.Retry;

/// <summary>The measurements of circuit breakers. Nothing is allocated, and nothing counted, while nobody listens.</summary>
internal static class CircuitTelemetry
{
    private const string NameTag = "circuit.name";
    private const string StateTag = "circuit.state";

    private static readonly Counter<long> Transitions = RetryMeter.Counter(
        "prodev.circuit.transitions", "{transition}", "Changes of a circuit breaker, by the state that it went to.");

    private static readonly Counter<long> Rejections = RetryMeter.Counter(
        "prodev.circuit.rejections", "{call}", "Calls that a circuit breaker did not let through, by its state.");

    private static readonly Counter<long> CallbackFailures = RetryMeter.Counter(
        "prodev.circuit.callback_failures", "{failure}", "Callbacks of a circuit breaker that threw.");

    public static void Moved(string name, CircuitState state) => Count(Transitions, name, state);

    public static void Rejected(string name, CircuitState state) => Count(Rejections, name, state);

    public static void CallbackFailed(string name) => CallbackFailures.CountOne(new KeyValuePair<string, object?>(NameTag, name));

    private static void Count(Counter<long> counter, string name, CircuitState state) =>
        counter.CountOne(new KeyValuePair<string, object?>(NameTag, name), new KeyValuePair<string, object?>(StateTag, Text(state)));

    private static string Text(CircuitState state) => state switch
    {
        CircuitState.Closed => "closed",
        CircuitState.Open => "open",
        CircuitState.HalfOpen => "half_open",
        _ => "isolated",
    };
}
