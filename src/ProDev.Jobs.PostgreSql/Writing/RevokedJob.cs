using System.Runtime.InteropServices;
using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>What a revocation did to a job that was there.</summary>
/// <param name="Id">The job.</param>
/// <param name="Answer">Whether it has ended, or was told.</param>
/// <param name="FollowUp">What follows if it has ended.</param>
/// <param name="Group">Then also the key of its group.</param>
/// <param name="Rate">And that of its rate.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RevokedJob(Guid Id, JobRevocation Answer, JobFollowUp? FollowUp, string? Group, string? Rate)
{
    public static RevokedJob Read(NpgsqlDataReader row)
    {
        var answer = (JobRevocation)row.GetInt32(0);
        return new(
            row.GetGuid(1), answer, answer == JobRevocation.Revoked ? JobFollowUp.WithoutResult(CarriedReader.Read(row, 1)) : null,
            Columns.ReadTextOrNull(row, 5), Columns.ReadTextOrNull(row, 6));
    }
}
