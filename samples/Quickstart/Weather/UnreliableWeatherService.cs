namespace Quickstart.Weather;

/// <summary>Stands for a remote service: its temperatures are made up, its failures follow the schedule.</summary>
internal sealed class UnreliableWeatherService(FailureSchedule schedule) : IWeatherService
{
    public async ValueTask<int> TemperatureAsync(int cityId, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        return schedule.Fails(cityId) ? throw new IOException($"The weather service did not answer for the city {cityId}.") : Made(cityId);
    }

    public static int Made(int cityId) => (cityId * 7 % 40) - 5;
}
