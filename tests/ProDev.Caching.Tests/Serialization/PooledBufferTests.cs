using System.Buffers;
using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

public sealed class PooledBufferTests
{
    [Fact]
    public void What_is_written_in_parts_comes_out_in_one_piece()
    {
        using var buffer = new PooledBuffer(10_000);
        for (var part = 0; part < 40; part++)
            buffer.Write(Enumerable.Repeat((byte)part, 250).ToArray());

        Assert.Equal(10_000, buffer.Length);
        Assert.Equal(Enumerable.Range(0, 10_000).Select(index => (byte)(index / 250)), buffer.Memory.ToArray());
    }

    [Fact]
    public void Writing_beyond_the_limit_is_refused_and_asking_for_more_room_is_not()
    {
        using var buffer = new PooledBuffer(10);
        buffer.GetSpan(5000);
        buffer.Advance(10);

        Assert.Throws<PayloadTooLargeException>(() => buffer.Advance(1));
    }

    [Fact]
    public void A_serializer_cannot_claim_more_than_it_was_given()
    {
        using var buffer = new PooledBuffer(int.MaxValue);
        var room = buffer.GetSpan().Length;

        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(room + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(-1));
    }
}
