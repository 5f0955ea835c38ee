using Npgsql;

namespace ProDev.Jobs.PostgreSql;

/// <summary>A group that this transaction has locked.</summary>
internal sealed class GroupGate(string key, int room, bool hasParked) : Gate('g' + key, room)
{
    public bool HasParked { get; } = hasParked;

    public static GroupGate Read(NpgsqlDataReader row) => new(row.GetString(0), row.GetInt32(1), row.GetBoolean(2));
}
