using Nuke.Common.Execution;

namespace ProDev.Build.StandIn.Tests;

public sealed class SummaryTableTests
{
    [Fact]
    public void EveryStateHasItsRow_WhenTheTableIsPrinted()
    {
        ExecutableTarget[] plan =
        [
            Target("Restore", ExecutionStatus.Succeeded),
            Target("All", ExecutionStatus.Collective),
            Target("Compile", ExecutionStatus.Failed, "ProcessException: Process 'dotnet' exited with code 1."),
            Target("StopServices", ExecutionStatus.Skipped, "OnlyWhen: !KeepServices"),
            Target("Test", ExecutionStatus.NotRun),
        ];

        string table = SummaryTable.Of(plan, succeeded: false, new DateTimeOffset(2026, 11, 23, 9, 5, 6, TimeSpan.Zero));

        Assert.Equal(
            """

            ═════════════════════════════════
            Target        Status     Duration
            ─────────────────────────────────
            Restore       Succeeded    < 1sec
            Compile       Failed       < 1sec  // ProcessException: Process 'dotnet' exited with code 1.
            StopServices  Skipped              // OnlyWhen: !KeepServices
            Test          NotRun
            ─────────────────────────────────
            Total                      < 1sec
            ═════════════════════════════════

            Build failed on 2026-11-23 09:05:06.

            """.ReplaceLineEndings(),
            table);
    }

    private static ExecutableTarget Target(string name, ExecutionStatus status, string? note = null) =>
        new(name, definition => definition) { Status = status, Note = note };
}
