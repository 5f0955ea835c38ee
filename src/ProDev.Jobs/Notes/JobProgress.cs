namespace ProDev.Jobs;

/// <summary>How far a job is, as it said itself by <see cref="JobContext.ReportProgressAsync"/>.</summary>
/// <param name="Fraction">From 0 to 1.</param>
/// <param name="Message">What it is doing; <see langword="null"/> if it did not say.</param>
public sealed record JobProgress(double Fraction, string? Message = null);
