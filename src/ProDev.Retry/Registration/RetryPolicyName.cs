namespace ProDev.Retry;

/// <summary>Registered for each named policy, because options of any name exist as soon as somebody asks for them.</summary>
internal sealed record RetryPolicyName(string Value);
