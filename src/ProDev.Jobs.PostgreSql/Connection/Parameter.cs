using Npgsql;
using NpgsqlTypes;

namespace ProDev.Jobs.PostgreSql;

/// <summary>Makes positional parameters, typed so that nothing is boxed or guessed.</summary>
internal static class Parameter
{
    public static NpgsqlParameter Of(long value) => new NpgsqlParameter<long> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bigint };

    public static NpgsqlParameter Of(int value) => new NpgsqlParameter<int> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Integer };

    public static NpgsqlParameter Of(bool value) => new NpgsqlParameter<bool> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Boolean };

    public static NpgsqlParameter Of(byte[] value) => new NpgsqlParameter<byte[]> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bytea };

    public static NpgsqlParameter Of(long? value) => OrNull(value, NpgsqlDbType.Bigint);

    public static NpgsqlParameter Of(short value) => new NpgsqlParameter<short> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Smallint };

    public static NpgsqlParameter Of(short? value) => OrNull(value, NpgsqlDbType.Smallint);

    public static NpgsqlParameter Of(string? value) => OrNull(value, NpgsqlDbType.Text);

    public static NpgsqlParameter Of(Guid? value) => OrNull(value, NpgsqlDbType.Uuid);

    public static NpgsqlParameter Of(DateTime? value) => OrNull(value, NpgsqlDbType.TimestampTz);

    public static NpgsqlParameter Of(Guid[] values) => Array(values, NpgsqlDbType.Uuid);

    public static NpgsqlParameter Of(string?[] values) => Array(values, NpgsqlDbType.Text);

    public static NpgsqlParameter Of(short[] values) => Array(values, NpgsqlDbType.Smallint);

    public static NpgsqlParameter Of(int[] values) => Array(values, NpgsqlDbType.Integer);

    public static NpgsqlParameter Of(long[] values) => Array(values, NpgsqlDbType.Bigint);

    public static NpgsqlParameter Of(DateTime?[] values) => Array(values, NpgsqlDbType.TimestampTz);

    public static NpgsqlParameter Of(int?[]? values) => ArrayOrNull(values, NpgsqlDbType.Integer);

    public static NpgsqlParameter Of(long?[]? values) => ArrayOrNull(values, NpgsqlDbType.Bigint);

    /// <summary>An array, or null in place of one.</summary>
    public static NpgsqlParameter OfTexts(string?[]? values) => ArrayOrNull(values, NpgsqlDbType.Text);

    public static NpgsqlParameter Of(byte[]?[] values) => Array(values, NpgsqlDbType.Bytea);

    public static NpgsqlParameter Of(bool[] values) => Array(values, NpgsqlDbType.Boolean);

    private static NpgsqlParameter<T> Array<T>(T values, NpgsqlDbType element)
        => new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | element };

    private static NpgsqlParameter ArrayOrNull(object? values, NpgsqlDbType element) => OrNull(values, NpgsqlDbType.Array | element);

    private static NpgsqlParameter OrNull(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
