namespace ProDev.Jobs.SourceGenerators;

/// <summary>One job as the emitter needs it. Equatable, so that an edit elsewhere generates nothing anew.</summary>
internal sealed record JobModel(
    string Name,
    string Queue,
    int MaxAttempts,
    int Version,
    TimeSpan? SoftTimeLimit,
    TimeSpan? HardTimeLimit,
    UniqueModel? Unique,
    RateModel? Rate,
    string JobType,
    string ArgsType,
    string? ResultType,
    EquatableArray<InjectedParameter> Parameters,
    LocationModel? Location);
