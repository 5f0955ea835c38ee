namespace ProDev.Caching.Redis.Tests;

public sealed class BackplaneMessageTests
{
    private const string Node = "0123456789abcdef0123456789abcdef";

    [Fact]
    public void IsReadBackAsItWas_ForEveryKindAndSubject()
    {
        foreach (var kind in Enum.GetValues<BackplaneMessageKind>())
        {
            foreach (var subject in new[] { "", "city:5", "with spaces  and more", "日本 Ōsaka", "*" })
            {
                var message = new BackplaneMessage(Guid.Parse(Node), long.MaxValue, kind, subject);

                Assert.True(BackplaneMessage.TryParse(message.ToString(), out var read));
                Assert.Equal(message, read);
            }
        }
    }

    [Fact]
    public void IsReadableForPeople_OnTheChannel()
    {
        var message = new BackplaneMessage(Guid.Parse(Node), 17, BackplaneMessageKind.TagInvalidated, "country:FR");

        Assert.Equal($"1 {Node} 17 T country:FR", message.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData($"2 {Node} 1 R city")] // Another version of the format.
    [InlineData($"1 {Node} 1 X city")] // A kind that is not known yet.
    [InlineData($"1 {Node} 1 RR city")]
    [InlineData($"1 {Node} -1 R city")] // A number that is none.
    [InlineData($"1 {Node} 9223372036854775808 R city")]
    [InlineData($"1 {Node}0 1 R city")] // A node that is none.
    [InlineData($"1 {Node} 1 R")] // A part is missing.
    public void IsRefused_WhenItIsNotOneOfOurs(string? text)
    {
        Assert.False(BackplaneMessage.TryParse(text, out _));
    }
}
