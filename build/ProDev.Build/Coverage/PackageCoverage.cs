namespace ProDev.Build;

/// <summary>How much of one package the tests ran.</summary>
/// <param name="Package">The assembly's name.</param>
/// <param name="CoveredLines">Lines that ran at least once in any test project.</param>
/// <param name="Lines">Lines that can run.</param>
/// <param name="CoveredBranches">Branches that were taken; those of a line are counted in the test project that took most.</param>
/// <param name="Branches">Branches that can be taken.</param>
public sealed record PackageCoverage(string Package, int CoveredLines, int Lines, int CoveredBranches, int Branches)
{
    /// <summary>Covered lines in percent; 100 where there are none.</summary>
    public double LinePercent => Percent(CoveredLines, Lines);

    /// <summary>Taken branches in percent; 100 where there are none.</summary>
    public double BranchPercent => Percent(CoveredBranches, Branches);

    private static double Percent(int covered, int all) => all == 0 ? 100 : 100.0 * covered / all;
}
