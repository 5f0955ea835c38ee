using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>Reads what a job carries along, from the columns id, name, queue and extra; without arguments.</summary>
internal static class CarriedReader
{
    public static JobEnvelope Read(NpgsqlDataReader row, int first)
        => JobEnvelopeCodec.WithRest(
            new JobEnvelope { Id = row.GetGuid(first), Name = row.GetString(first + 1), Queue = row.GetString(first + 2) },
            Columns.ReadTextOrNull(row, first + 3));
}
