using System.Text.Json.Nodes;

namespace ProDev.Jobs.Snippets;

#region snippet: jobs-upcast
public sealed class RefundFrom1To2 : IJobUpcaster
{
    public string JobName => "orders.refund";

    public int FromVersion => 1;

    public JsonNode Upcast(JsonNode arguments)
    {
        arguments["currency"] = "EUR";      // version 1 knew only one
        return arguments;
    }
}
#endregion

public sealed class UpcasterSnippets
{
    [Fact]
    public void UpcasterAddsTheCurrency_AsTheReadmeSays()
        => Assert.Equal("""{"amount":3,"currency":"EUR"}""", new RefundFrom1To2().Upcast(JsonNode.Parse("""{"amount":3}""")!).ToJsonString());
}
