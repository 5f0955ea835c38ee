using ProDev.Jobs;

namespace ProDev.Shared.Leases;

/// <summary>
/// The receipt of a lease is the number of the job; that of a job with a group is negative. So whoever ends a job knows from its lease whether a place
/// gets free, and jobs without a group need not be asked.
/// </summary>
internal static class Receipts
{
    public static long Of(long number, bool hasGroup) => hasGroup ? -number : number;

    public static long NumberOf(JobLease lease) => Math.Abs(lease.Receipt);

    public static bool HasGroup(JobLease lease) => lease.Receipt < 0;
}
