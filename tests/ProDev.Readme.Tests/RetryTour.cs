using Microsoft.Extensions.DependencyInjection;
using ProDev.Retry;

namespace ProDev.Readme.Tests;

#region snippet: tour-retry
public interface IExchangeRates
{
    [Retry(MaxAttempts = 4, BaseDelay = "00:00:00.010", Deadline = "00:00:05"), Idempotent]
    ValueTask<decimal> RateAsync(string currency, CancellationToken ct = default);
}
#endregion

public class RetryTour
{
    [Fact]
    public async Task AnswersAfterTwoFailures_WhenTheInterfaceIsDecorated()
    {
        var services = new ServiceCollection();
        #region snippet: tour-retry-registration
        services.AddProDevRetry(o => o.Budget = RetryBudget.TokenRatio());
        services.AddSingleton<IExchangeRates, ExchangeRates>().DecorateWithRetry<IExchangeRates>();
        #endregion
        await using var provider = services.BuildServiceProvider();

        Assert.Equal(1.08m, await provider.GetRequiredService<IExchangeRates>().RateAsync("USD"));
        Assert.Equal(3, ExchangeRates.Calls);
    }

    private sealed class ExchangeRates : IExchangeRates
    {
        public static int Calls { get; private set; }

        public ValueTask<decimal> RateAsync(string currency, CancellationToken ct = default) =>
            ++Calls < 3 ? throw new IOException("The connection was reset.") : ValueTask.FromResult(1.08m);
    }
}
