using System.Net;

namespace ProDev.Jobs.Snippets;

public sealed class SaySnippets
{
    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, typeof(JobRetryException))]
    [InlineData(HttpStatusCode.NotFound, typeof(JobGivenUpException))]
    public void JobSaysWhatTheReadmeSays(HttpStatusCode status, Type expected)
    {
        using var answer = new HttpResponseMessage(status);
        Assert.Throws(expected, () => Judge(answer));
    }

    private static void Judge(HttpResponseMessage response)
    {
        #region snippet: jobs-say
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
            throw new JobRetryException(TimeSpan.FromMinutes(2), "The bank is busy.");      // counts as an attempt; 2 min in place of the backoff
        if (response.StatusCode == HttpStatusCode.NotFound)
            throw new JobGivenUpException("There is no such account.");                     // a dead letter at once
        #endregion
    }

    [Fact]
    public async Task StepsAreDoneAsTheReadmeSays()
    {
        var payments = new CountingPayments();

        await RunAsync(Guid.NewGuid(), new JobContext(Guid.NewGuid(), "orders.charge"), payments, default);

        Assert.Equal(1, payments.Charges);
    }

    private static async Task RunAsync(Guid order, JobContext context, CountingPayments payments, CancellationToken ct)
    {
        #region snippet: jobs-steps
        string receipt = await context.StepAsync("charge", token => payments.ChargeAsync(order, token), ct);     // not again after a crash
        await context.ReportProgressAsync(0.5, "charged");
        await context.StepAsync("mail", token => payments.MailAsync(receipt, token), ct);
        #endregion
    }

    private sealed class CountingPayments
    {
        public int Charges { get; private set; }

        public Task<string> ChargeAsync(Guid order, CancellationToken cancellationToken) => Task.FromResult($"receipt {++Charges} for {order}");

        public Task MailAsync(string receipt, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
