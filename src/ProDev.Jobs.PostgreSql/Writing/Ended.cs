using System.Runtime.InteropServices;

namespace ProDev.Jobs.PostgreSql;

/// <summary>What a change answers, and of the jobs that it has ended what follows them, and the keys of their limits.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="FollowUps">What follows.</param>
/// <param name="Groups">The groups in which places are free.</param>
/// <param name="Rates">The rates whose turn one of them had; null if none ever had.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Ended<T>(T Answer, IEnumerable<JobFollowUp?> FollowUps, IEnumerable<string?> Groups, IEnumerable<string?>? Rates = null);
