namespace ProDev.Shared.SourceGeneration;

/// <summary>A method of a decorated interface, declared by it or by one of its bases.</summary>
internal sealed record MethodModel(
    string DeclaringType,
    bool IsInherited,
    string Name,
    ReturnKind ReturnKind,
    string ReturnType,
    string? ResultType,
    EquatableArray<TypeParameterModel> TypeParameters,
    EquatableArray<ParameterModel> Parameters,
    bool IsDisposal)
{
    public bool IsGeneric => TypeParameters.Count > 0;

    /// <summary>Whether the result is awaited.</summary>
    public bool IsAwaitable => ReturnKind is ReturnKind.Task or ReturnKind.TaskOfT or ReturnKind.ValueTask or ReturnKind.ValueTaskOfT;

    /// <summary>The last parameter that is a <c>CancellationToken</c>, or null.</summary>
    public ParameterModel? CancellationToken => Parameters.LastOrDefault(parameter => parameter.IsCancellationToken);

    /// <summary>Whether every parameter may be held by a lambda or an async method.</summary>
    public bool CanBeCaptured => Parameters.All(parameter => parameter.CanBeCaptured);

    /// <summary><c>&lt;T, TResult&gt;</c>, or nothing.</summary>
    public string TypeArguments => IsGeneric ? $"<{string.Join(", ", TypeParameters.Select(parameter => parameter.Name))}>" : "";

    /// <summary>The interface's readable name and the method's, for messages: <c>Atlas.ICityCatalog.FindAsync</c>.</summary>
    public string DisplayName => $"{DeclaringType.Replace("global::", "")}.{Name}";
}
