using System.Security.Cryptography;

namespace ProDev.Repositories.Tests;

public sealed class CursorSignerTests
{
    private static readonly byte[] First = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly byte[] Second = [.. Enumerable.Range(100, 40).Select(i => (byte)i)];
    private static readonly byte[] Scope = [1, 2, 3];

    public static TheoryData<object> Values() =>
    [
        true, false,
        (sbyte)-5, short.MinValue, int.MinValue, int.MaxValue, long.MinValue, long.MaxValue,
        byte.MaxValue, ushort.MaxValue, uint.MaxValue, ulong.MaxValue,
        float.MinValue, float.NaN, float.NegativeInfinity, double.Epsilon, double.NaN, -0.0,
        0m, -1.10m, decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m,
        string.Empty, "a", "São Paulo \0 東京 𠮷", 'x', '\uD800',
        Guid.Empty, new Guid("00112233-4455-6677-8899-aabbccddeeff"),
        DateTime.MinValue, DateTime.MaxValue, new DateTime(2026, 11, 23, 1, 2, 3, DateTimeKind.Utc).AddTicks(7), new DateTime(1, DateTimeKind.Local),
        DateTimeOffset.MinValue, new DateTimeOffset(2026, 11, 23, 1, 2, 3, TimeSpan.FromHours(-11)),
        DateOnly.MinValue, DateOnly.MaxValue, TimeOnly.MaxValue, TimeSpan.MinValue, TimeSpan.MaxValue,
        DayOfWeek.Friday, Tiny.B, Huge.B,
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public void ValueComesBackUnchanged_WhenACursorIsRead(object value)
    {
        var signer = new CursorSigner(First);
        var cursor = signer.Sign(new CursorPosition([value]), Scope);
        var read = Assert.Single(signer.Verify(cursor, Scope, [value.GetType()]).Values);
        Assert.Equal(value.GetType(), read!.GetType());
        Assert.Equal(value, read);
        if (value is decimal number)
            Assert.Equal(decimal.GetBits(number), decimal.GetBits((decimal)read));

        if (value is DateTime time)
            Assert.Equal(time.Kind, ((DateTime)read).Kind);

        if (value is DateTimeOffset moment)
            Assert.Equal(moment.Offset, ((DateTimeOffset)read).Offset);

        Assert.True(CursorSigner.CanEncode(value.GetType()));
    }

    [Fact]
    public void PositionComesBackUnchanged_WhenItHasSeveralKeysAndNulls()
    {
        var signer = new CursorSigner(First);
        object?[] values = [null, "é", 7, null, new byte[] { 1, 2 }];
        var cursor = signer.Sign(new CursorPosition(values, isInclusive: true), Scope);
        var read = signer.Verify(cursor, Scope, [typeof(int?), typeof(string), typeof(int?), typeof(string), typeof(byte[])]);
        Assert.Equal(values, read.Values);
        Assert.True(read.IsInclusive);
        Assert.Matches("^[A-Za-z0-9_-]+$", cursor);
        Assert.InRange(cursor.Length, 1, 200);
    }

    [Fact]
    public void EveryMutationIsRefused_WhenOneByteOfACursorIsFlipped()
    {
        var signer = new CursorSigner(First);
        var bytes = Decode(signer.Sign(Position(), Scope));
        var refused = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var mutant = bytes.ToArray();
                mutant[i] ^= (byte)(1 << bit);
                Assert.Throws<InvalidCursorException>(() => Verify(signer, Encode(mutant)));
                refused++;
            }
        }

        Assert.Equal(bytes.Length * 8, refused);
    }

    [Fact]
    public void EveryMutationIsRefused_WhenOneCharacterOfACursorIsReplaced()
    {
        var signer = new CursorSigner(First);
        var cursor = signer.Sign(Position(), Scope);
        for (var i = 0; i < cursor.Length; i++)
        {
            foreach (var other in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/= \n\0é".Where(other => other != cursor[i]))
                Assert.Throws<InvalidCursorException>(() => Verify(signer, cursor[..i] + other + cursor[(i + 1)..]));
        }
    }

    [Fact]
    public void EveryMutationIsRefused_WhenACursorIsCutOrExtended()
    {
        var signer = new CursorSigner(First);
        var cursor = signer.Sign(Position(), Scope);
        for (var length = 0; length < cursor.Length; length++)
        {
            Assert.Throws<InvalidCursorException>(() => Verify(signer, cursor[..length]));
            Assert.Throws<InvalidCursorException>(() => Verify(signer, cursor[^length..]));
        }

        foreach (var addition in new[] { "A", "AAAA", "=", "==", " ", "\n", cursor })
        {
            Assert.Throws<InvalidCursorException>(() => Verify(signer, cursor + addition));
            Assert.Throws<InvalidCursorException>(() => Verify(signer, addition + cursor));
        }
    }

    [Fact]
    public void EveryMutationIsRefused_WhenBytesAreInsertedRemovedOrSwapped()
    {
        var signer = new CursorSigner(First);
        var bytes = Decode(signer.Sign(Position(), Scope));
        for (var i = 0; i < bytes.Length; i++)
        {
            Assert.Throws<InvalidCursorException>(() => Verify(signer, Encode([.. bytes[..i], .. bytes[(i + 1)..]])));
            Assert.Throws<InvalidCursorException>(() => Verify(signer, Encode([.. bytes[..i], 0, .. bytes[i..]])));
            if (i > 0 && bytes[i] != bytes[i - 1])
                Assert.Throws<InvalidCursorException>(() => Verify(signer, Encode([.. bytes[..(i - 1)], bytes[i], bytes[i - 1], .. bytes[(i + 1)..]])));
        }
    }

    [Fact]
    public void NothingIsAccepted_WhenCursorsAreRandom()
    {
        var signer = new CursorSigner(First);
        var genuine = Decode(signer.Sign(Position(), Scope));
        var random = new Random(20261123);
        for (var i = 0; i < 5000; i++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);

            // Half of them have the head of a genuine cursor, so that they get past version and key.
            if (i % 2 == 0)
                genuine.AsSpan(0, Math.Min(genuine.Length, Math.Min(bytes.Length, 23))).CopyTo(bytes);

            Assert.Throws<InvalidCursorException>(() => Verify(signer, Encode(bytes)));
        }
    }

    [Theory]
    [InlineData("", CursorFault.Malformed)]
    [InlineData("not a cursor", CursorFault.Malformed)]
    [InlineData("AQ", CursorFault.Malformed)]
    public void FaultSaysMalformed_WhenTextIsNoCursor(string text, CursorFault fault) => AssertFault(fault, new CursorSigner(First), text);

    [Fact]
    public void FaultSaysTooLong_WhenTextIsTooLong()
    {
        AssertFault(CursorFault.TooLong, new CursorSigner(First), new string('A', CursorSigner.MaxLength + 1));
        AssertFault(CursorFault.TooLong, new CursorSigner(First), new string('A', 10_000_000));
    }

    [Fact]
    public void FaultSaysUnsupportedVersion_WhenTheFirstByteIsAnother()
    {
        var signer = new CursorSigner(First);
        var bytes = Decode(signer.Sign(Position(), Scope));
        bytes[0] = 2;
        AssertFault(CursorFault.UnsupportedVersion, signer, Encode(bytes));
    }

    [Fact]
    public void FaultSaysBadSignature_WhenAValueWasChanged()
    {
        var signer = new CursorSigner(First);
        var bytes = Decode(signer.Sign(Position(), Scope));
        bytes[30] ^= 1;
        AssertFault(CursorFault.BadSignature, signer, Encode(bytes));
    }

    [Fact]
    public void FaultSaysWrongScope_WhenScopeNumberOrTypesDiffer()
    {
        var signer = new CursorSigner(First);
        var cursor = signer.Sign(Position(), Scope);
        AssertFault(CursorFault.WrongScope, () => signer.Verify(cursor, [1, 2, 4], [typeof(string), typeof(int)]));
        AssertFault(CursorFault.WrongScope, () => signer.Verify(cursor, [], [typeof(string), typeof(int)]));
        AssertFault(CursorFault.WrongScope, () => signer.Verify(cursor, Scope, [typeof(string)]));
        AssertFault(CursorFault.WrongScope, () => signer.Verify(cursor, Scope, [typeof(string), typeof(Guid)]));
    }

    [Fact]
    public void FaultSaysMalformed_WhenANumberDoesNotFitTheTypeItIsReadAs()
    {
        var signer = new CursorSigner(First);
        var cursor = signer.Sign(new CursorPosition([long.MaxValue]), Scope);
        AssertFault(CursorFault.Malformed, () => signer.Verify(cursor, Scope, [typeof(int)]));
    }

    [Fact]
    public void OldCursorsLiveOnAndThenDie_WhenAKeyIsRotated()
    {
        var old = new CursorSigner(First);
        var rotating = new CursorSigner(Second, First);
        var rotated = new CursorSigner(Second);
        var cursor = old.Sign(Position(), Scope);
        var renewed = rotating.Sign(Position(), Scope);

        Assert.Equal(Position().Values, Verify(rotating, cursor).Values);
        Assert.Equal(Position().Values, Verify(rotated, renewed).Values);
        AssertFault(CursorFault.UnknownKey, rotated, cursor);
        AssertFault(CursorFault.UnknownKey, old, renewed);
    }

    [Fact]
    public void CursorsOfAnotherSignerAreRefused_WhenKeysAreEphemeral() =>
        AssertFault(CursorFault.UnknownKey, CursorSigner.CreateEphemeral(), CursorSigner.CreateEphemeral().Sign(Position(), Scope));

    // The cursor was computed by another program from the description in CursorSigner's remarks.
    [Fact]
    public void FormatIsTheDocumentedOne_SoThatANewBuildReadsOldCursors()
    {
        const string cursor = "AZ8bmPUDkFjG8sDLSSxTOwpNFO93AAIHAAAABVBhcmlzAgAAAAAAAAAHhqbo4LtCKWdpLkoR6jfxjaq4ToqJuxW9DdrxApA7e0s";
        Assert.Equal(cursor, new CursorSigner(First).Sign(Position(), Scope));
        Assert.Equal(Position().Values, Verify(new CursorSigner(First), cursor).Values);
    }

    [Fact]
    public void MessageNamesTheRemedy_WhenAKeyRingIsBad()
    {
        var none = Assert.Throws<ArgumentException>(() => new CursorSigner());
        Assert.StartsWith("A cursor signer needs at least one key. Pass a random key of 32 bytes or more.", none.Message, StringComparison.Ordinal);
        var weak = Assert.Throws<ArgumentException>(() => new CursorSigner(new byte[31]));
        Assert.StartsWith("A cursor key has '31' bytes and at least 32 are needed. Generate one with RandomNumberGenerator.GetBytes(32).", weak.Message, StringComparison.Ordinal);
        var twice = Assert.Throws<ArgumentException>(() => new CursorSigner(First, First));
        Assert.StartsWith("A key is listed twice in the key ring. List each key once, the signing key first.", twice.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => new CursorSigner(null!));
    }

    [Fact]
    public void MessageNamesTheRemedy_WhenAPositionCannotBeWritten()
    {
        var signer = new CursorSigner(First);
        var type = Assert.Throws<ArgumentException>(() => signer.Sign(new CursorPosition([new Version(1, 0)]), Scope));
        Assert.StartsWith(
            "A value of type 'System.Version' cannot stand in a cursor. Order by a number, text, date or Guid.", type.Message, StringComparison.Ordinal);
        Assert.False(CursorSigner.CanEncode(typeof(Version)));

        var text = Assert.Throws<ArgumentException>(() => signer.Sign(new CursorPosition(["\uD800"]), Scope));
        Assert.StartsWith("A text with half a surrogate pair cannot stand in a cursor. Store well-formed text.", text.Message, StringComparison.Ordinal);

        var length = Assert.Throws<InvalidOperationException>(() => signer.Sign(new CursorPosition([new string('x', 3000)]), Scope));
        Assert.Matches("^The cursor would have '[0-9]+' characters and 2048 are allowed. Order by shorter keys.$", length.Message);

        var many = Assert.Throws<ArgumentException>(() => signer.Sign(new CursorPosition(new object?[256]), Scope));
        Assert.StartsWith("A cursor holds at most 255 values, not '256'. Order by fewer keys.", many.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CursorsStayValid_WhenOneSignerServesManyThreads()
    {
        var signer = new CursorSigner(RandomNumberGenerator.GetBytes(32));
        await Parallel.ForAsync(0, 2000, (i, _) =>
        {
            var cursor = signer.Sign(new CursorPosition([i]), BitConverter.GetBytes(i));
            Assert.Equal(i, signer.Verify(cursor, BitConverter.GetBytes(i), [typeof(int)]).Values[0]);
            return ValueTask.CompletedTask;
        });
    }

    private static CursorPosition Position() => new(["Paris", 7]);

    private static CursorPosition Verify(CursorSigner signer, string cursor) => signer.Verify(cursor, Scope, [typeof(string), typeof(int)]);

    private static void AssertFault(CursorFault fault, CursorSigner signer, string cursor) => AssertFault(fault, () => Verify(signer, cursor));

    private static void AssertFault(CursorFault fault, Func<object> read) => Assert.Equal(fault, Assert.Throws<InvalidCursorException>(read).Fault);

    private static byte[] Decode(string cursor) => System.Buffers.Text.Base64Url.DecodeFromChars(cursor);

    private static string Encode(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private enum Tiny : byte
    {
        B = 255,
    }

    private enum Huge : ulong
    {
        B = ulong.MaxValue,
    }
}
