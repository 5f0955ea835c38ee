namespace ProDev.Retry.SourceGenerators;

/// <summary>A method and its attribute's settings; null where it has no attribute and calls pass through.</summary>
internal sealed record RetriedMethod(MethodModel Method, RetrySettings? Settings);
