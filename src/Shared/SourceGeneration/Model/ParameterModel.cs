using Microsoft.CodeAnalysis;

namespace ProDev.Shared.SourceGeneration;

/// <summary>
/// A parameter. <see cref="Name"/> is escaped where it is a keyword, <see cref="Type"/> is fully qualified. Default values are
/// not part of it: an explicit implementation has none.
/// </summary>
internal sealed record ParameterModel(
    string Name,
    string Type,
    RefKind RefKind,
    bool IsScoped,
    bool IsRefStruct,
    bool IsCancellationToken)
{
    /// <summary>Whether a lambda or an async method may hold it.</summary>
    public bool CanBeCaptured => RefKind == RefKind.None && !IsRefStruct;

    public string Declaration => $"{(IsScoped ? "scoped " : "")}{RefKeyword}{Type} {Name}";

    public string Argument => RefKind switch
    {
        RefKind.Ref => $"ref {Name}",
        RefKind.Out => $"out {Name}",
        RefKind.In or RefKind.RefReadOnlyParameter => $"in {Name}",
        _ => Name,
    };

    private string RefKeyword => RefKind switch
    {
        RefKind.Ref => "ref ",
        RefKind.Out => "out ",
        RefKind.In => "in ",
        RefKind.RefReadOnlyParameter => "ref readonly ",
        _ => "",
    };
}
