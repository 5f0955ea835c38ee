using System.Globalization;
using ProDev.Caching.Internal;

namespace ProDev.Caching.Tests;

public sealed class KeyTextTests
{
    [Fact]
    public void Every_value_is_read_back_as_an_equal_one()
    {
        RoundTrip("", (w, v) => w.Add(v), r => r.ReadString());
        RoundTrip("a,b|c!\\ ü\ud800\0", (w, v) => w.Add(v), r => r.ReadString());
        RoundTrip<string?>(null, (w, v) => w.Add(v), r => r.ReadString());
        RoundTrip(',', (w, v) => w.Add(v), r => r.ReadChar());
        RoundTrip('\udfff', (w, v) => w.Add(v), r => r.ReadChar());
        RoundTrip(true, (w, v) => w.Add(v), r => r.ReadBoolean());
        RoundTrip(false, (w, v) => w.Add(v), r => r.ReadBoolean());
        RoundTrip(long.MinValue, (w, v) => w.Add(v), r => r.ReadInt64());
        RoundTrip(ulong.MaxValue, (w, v) => w.Add(v), r => r.ReadUInt64());
        RoundTrip(float.Epsilon, (w, v) => w.Add(v), r => r.ReadSingle());
        RoundTrip(double.NaN, (w, v) => w.Add(v), r => r.ReadDouble());
        RoundTrip(0.1 + 0.2, (w, v) => w.Add(v), r => r.ReadDouble());
        RoundTrip(double.NegativeInfinity, (w, v) => w.Add(v), r => r.ReadDouble());
        RoundTrip(decimal.MaxValue, (w, v) => w.Add(v), r => r.ReadDecimal());
        RoundTrip(0.0000000000000000000000000001m, (w, v) => w.Add(v), r => r.ReadDecimal());
        RoundTrip(Guid.Parse("01234567-89ab-cdef-0123-456789abcdef"), (w, v) => w.Add(v), r => r.ReadGuid());
        RoundTrip(DateTime.MaxValue, (w, v) => w.Add(v), r => r.ReadDateTime());
        RoundTrip(new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.FromHours(7)), (w, v) => w.Add(v), r => r.ReadDateTimeOffset());
        RoundTrip(TimeSpan.MinValue, (w, v) => w.Add(v), r => r.ReadTimeSpan());
        RoundTrip(DateOnly.MaxValue, (w, v) => w.Add(v), r => r.ReadDateOnly());
        RoundTrip(TimeOnly.MaxValue, (w, v) => w.Add(v), r => r.ReadTimeOnly());
        RoundTrip(new Uri("https://host/päth?q=1|2"), (w, v) => w.Add(v), r => r.ReadUri()!);
        RoundTrip(new Uri("a/b#c", UriKind.Relative), (w, v) => w.Add(v), r => r.ReadUri()!);
        RoundTrip(new Version(1, 2, 3), (w, v) => w.Add(v), r => r.ReadVersion()!);
        RoundTrip<int?>(null, (w, v) => w.AddNullable(v, static (writer, value) => writer.Add(value)), r => r.ReadNullable(static reader => (int)reader.ReadInt64()));
        RoundTrip<int?>(7, (w, v) => w.AddNullable(v, static (writer, value) => writer.Add(value)), r => r.ReadNullable(static reader => (int)reader.ReadInt64()));
    }

    [Fact]
    public void Equal_values_have_equal_texts()
    {
        Assert.Equal(Text(w => w.Add(0.0)), Text(w => w.Add(-0.0)));
        Assert.Equal(Text(w => w.Add(0f)), Text(w => w.Add(-0f)));
        Assert.Equal(Text(w => w.Add(double.NaN)), Text(w => w.Add(BitConverter.Int64BitsToDouble(0x7ff8000000000001))));
        Assert.Equal(Text(w => w.Add(1m)), Text(w => w.Add(1.000m)));
        Assert.Equal(Text(w => w.Add(0m)), Text(w => w.Add(-0.00m)));
        Assert.Equal(Text(w => w.Add(new DateTime(5, DateTimeKind.Utc))), Text(w => w.Add(new DateTime(5, DateTimeKind.Local))));
        Assert.Equal(
            Text(w => w.Add(new DateTimeOffset(2026, 1, 1, 2, 0, 0, TimeSpan.FromHours(2)))),
            Text(w => w.Add(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))));
        Assert.Equal(Text(w => w.Add(new Uri("HTTP://me@Host:80/%41#one"))), Text(w => w.Add(new Uri("http://host/A#two"))));
    }

    [Fact]
    public void Different_values_have_different_texts()
    {
        var texts = new[]
        {
            Text(w => { w.Add("a"); w.Add("b"); }), Text(w => { w.Add("a,b"); w.Add(""); }), Text(w => { w.Add(""); w.Add("a,b"); }), Text(w => w.Add("ab")),
            Text(w => { w.Add("a"); w.Add((string?)null); }), Text(w => { w.Add("a"); w.Add("!"); }), Text(w => { w.Add("a"); w.Add(""); }),
            Text(w => { w.Add("a"); w.Add("null"); }), Text(w => { w.Add("\\u0021"); w.Add("a"); }), Text(w => { w.Add("!"); w.Add("a"); }), Text(w => { w.Add((string?)null); w.Add("a"); }),
            Text(w => { w.Add("É"); w.Add("a"); }), Text(w => { w.Add("E\u0301"); w.Add("a"); }),
        };

        Assert.Equal(texts.Length, texts.Distinct(StringComparer.Ordinal).Count());
        Assert.All(texts, text => Assert.DoesNotContain(text, unit => unit is <= ' ' or > '~' or KeyFormat<int>.Separator));
    }

    [Fact]
    public void The_culture_makes_no_difference()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NegativeSign = "~", NumberDecimalSeparator = ";" } };
            Assert.Equal("-1,-2.5", Text(w => { w.Add(-1L); w.Add(-2.5m); }));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("007")]
    [InlineData("+7")]
    [InlineData("7,")]
    [InlineData(",7")]
    [InlineData("")]
    [InlineData("99999999999")]
    [InlineData("seven")]
    public void A_text_that_is_not_written_is_not_read(string text) =>
        Assert.False(new ArgumentKeyFormat<int>(Numbers("M(int)"), "").TryReadKey(text, out _));

    [Fact]
    public void A_constructor_that_refuses_a_foreign_text_makes_it_unreadable()
    {
        var format = new CacheKeyFormat<int>("M(int)", "0", static (writer, key) => writer.Add(key), static reader => throw new ArgumentOutOfRangeException(reader.ReadString()));

        Assert.False(new ArgumentKeyFormat<int>(format, "").TryReadKey("7", out _));
    }

    [Fact]
    public void The_region_names_method_type_arguments_registration_and_shape()
    {
        Assert.Equal("Atlas.ICatalog.Find(int)~00", new ArgumentKeyFormat<int>(Numbers("Atlas.ICatalog.Find(int)"), "").Region);
        Assert.Equal("Find(int)['e\\u007Cu']#2~00", new ArgumentKeyFormat<int>(Numbers("Find(int)"), "['e|u']#2").Region);
        Assert.Equal(
            "Find(int)<System.Collections.Generic.Dictionary\\u00602<System.String,System.Int32[]>>~00".Replace("\\u0060", "`", StringComparison.Ordinal),
            new ArgumentKeyFormat<int>(Numbers("Find(int)", typeof(Dictionary<string, int[]>)), "").Region);
    }

    private static CacheKeyFormat<int> Numbers(string method, params Type[] typeArguments) => new(
        method, "00", static (writer, key) => writer.Add(key), static reader => unchecked((int)reader.ReadInt64()), typeArguments);

    private static string Text(Action<CacheKeyWriter> write)
    {
        var writer = new CacheKeyWriter();
        write(writer);
        return writer.ToString();
    }

    private static void RoundTrip<T>(T value, Action<CacheKeyWriter, T> write, Func<CacheKeyReader, T> read)
    {
        // A part before and one after: neither may be touched.
        var text = Text(writer => { writer.Add("before"); write(writer, value); writer.Add("after"); });
        var reader = new CacheKeyReader(text);

        Assert.Equal("before", reader.ReadString());
        Assert.Equal(value, read(reader));
        Assert.Equal("after", reader.ReadString());
        Assert.Equal(text, Text(writer => { writer.Add("before"); write(writer, value); writer.Add("after"); }));
    }
}
