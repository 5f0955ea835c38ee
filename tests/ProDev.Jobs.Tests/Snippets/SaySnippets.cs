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
}
