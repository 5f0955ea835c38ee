namespace ProDev.Jobs.SourceGenerators;

/// <summary>What [JobUnique] says. Equatable.</summary>
/// <param name="Properties">The names in JSON where the class gives them, otherwise those in C#; empty for all arguments.</param>
/// <param name="IgnoreArguments">Whether the arguments do not matter.</param>
/// <param name="Period">How long others are kept out, or null.</param>
/// <param name="States">The bits of JobUniqueStates.</param>
/// <param name="OnConflict">The number of the JobConflict.</param>
/// <param name="PerQueue">Whether the queue matters.</param>
internal sealed record UniqueModel(
    EquatableArray<string> Properties, bool IgnoreArguments, TimeSpan? Period, int States, int OnConflict, bool PerQueue);
