namespace ProDev.Jobs.SourceGenerators;

/// <summary>A rate as it is written in code.</summary>
internal sealed record RateModel(int Permits, long PeriodTicks, int Burst);
