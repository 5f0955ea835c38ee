using System.Buffers.Binary;
using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

/// <summary>Payloads that are not what they should be, in every way there is.</summary>
public sealed class EnvelopeTests
{
    private readonly SharedWorld _world = new();
    private readonly Process _one;

    public EnvelopeTests() => _one = new Process(_world);

    [Theory]
    [InlineData(20)]
    [InlineData(5000)]
    public async Task Every_truncation_is_a_miss(int length)
    {
        var payload = await SampleAsync(length);

        for (var end = 0; end < payload.Length; end++)
            await AssertMissAsync(payload[..end]);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(5000)]
    public async Task Every_single_flipped_bit_is_a_miss(int length)
    {
        var payload = await SampleAsync(length);

        for (var bit = 0; bit < payload.Length * 8; bit++)
        {
            var flipped = payload.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            await AssertMissAsync(flipped);
        }
    }

    [Fact]
    public async Task More_bytes_than_there_should_be_are_a_miss()
    {
        var payload = await SampleAsync(20);

        await AssertMissAsync([.. payload, 0]);
        await AssertMissAsync([.. payload, .. payload]);
    }

    [Fact]
    public async Task Random_bytes_are_a_miss()
    {
        var random = new Random(7);
        for (var run = 0; run < 2000; run++)
        {
            var payload = new byte[random.Next(1, 400)];
            random.NextBytes(payload);
            await AssertMissAsync(payload);
        }
    }

    [Fact]
    public async Task Lengths_that_contradict_each_other_are_a_miss_also_under_a_right_checksum()
    {
        var payload = await SampleAsync(5000);
        var random = new Random(11);
        int[] fields = [EnvelopeLayout.TotalLength, EnvelopeLayout.ValueLength, EnvelopeLayout.KeyLength, EnvelopeLayout.TagCount];
        for (var run = 0; run < 4000; run++)
        {
            var forged = payload.ToArray();
            var at = fields[run % fields.Length];
            var wrong = run < 2000 ? random.Next(int.MinValue, int.MaxValue) : random.Next(0, 6000);
            if (wrong == BinaryPrimitives.ReadInt32LittleEndian(forged.AsSpan(at)))
                continue;
            BinaryPrimitives.WriteInt32LittleEndian(forged.AsSpan(at), wrong);
            BinaryPrimitives.WriteUInt32LittleEndian(forged.AsSpan(forged.Length - 4), Crc32C.Of(forged.AsSpan(0, forged.Length - 4)));
            await AssertMissAsync(forged);
        }
    }

    [Fact]
    public async Task A_payload_of_somebody_else_stays_until_the_key_is_set_or_removed()
    {
        byte[] foreign = [1, 2, 3];
        _world.Store["|key"] = foreign;

        await _one.LoadAsync("|key", "value");

        Assert.Same(foreign, _world.Store["|key"]);
        Assert.Contains("it was not written by this cache, or by a build with another format", _one.Log.Messages[0], StringComparison.Ordinal);
        await _one.SetAsync("|key", "value");
        Assert.Equal("value", await _one.ValueAsync<string>("|key"));
    }

    [Fact]
    public void The_checksum_is_CRC_32C() => Assert.Equal(0xE3069283u, Crc32C.Of("123456789"u8));

    private async Task<byte[]> SampleAsync(int length)
    {
        await _one.LoadAsync("|key", string.Concat(Enumerable.Repeat("value ", length / 6)), tags: ["tag", "other"]);
        Assert.Equal(SecondLevelFreshness.Fresh, await _one.FreshnessAsync<string>("|key"));
        return _world.Store["|key"]!;
    }

    private async Task AssertMissAsync(byte[] payload)
    {
        _world.Store["|key"] = payload;
        var read = await _one.ReadAsync<string>("|key");
        Assert.Equal(SecondLevelFreshness.Missing, read.Freshness);
        Assert.Null(read.Value);
    }
}
