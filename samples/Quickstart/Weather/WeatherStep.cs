using Quickstart.Reporting;

namespace Quickstart.Weather;

/// <summary>Step 4: ask a service that fails by a seeded schedule. The retries hide the failures, the cache hides the second round.</summary>
internal sealed class WeatherStep(IWeatherService weather, FailureSchedule schedule)
{
    // Each question that is answered is asked once more than it fails; the hopeless one is asked as often as its [Retry] allows.
    private const int AttemptsAllowed = 4;

    public async Task<StepResult> RunAsync(CancellationToken cancellationToken)
    {
        var faults = await AskAllAsync(cancellationToken);
        var calls = schedule.Calls;
        var expected = schedule.ExpectedFailures + (FailureSchedule.Cities - 1) + AttemptsAllowed;
        var givenUp = schedule.CallsFor(FailureSchedule.HopelessCity);

        faults.AddRange(await AskAllAsync(cancellationToken));
        var callsAgain = schedule.Calls - calls;

        return new StepResult(
            $"{FailureSchedule.Cities - 1} questions answered by {calls} calls, {schedule.ExpectedFailures} of them failed; 1 given up after {givenUp}",
            [
                new Check("Every question that the service answers got its answer", faults),
                new Check("The service was called as often as its schedule says", calls == expected, $"{calls} calls, {expected} were expected"),
                new Check(
                    "A failure is not cached, an answer is", callsAgain == AttemptsAllowed, $"the second round made {callsAgain} calls, {AttemptsAllowed} were expected"),
            ]);
    }

    private async Task<List<string>> AskAllAsync(CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        for (var city = 0; city < FailureSchedule.Cities; city++)
        {
            try
            {
                var temperature = await weather.TemperatureAsync(city, cancellationToken);
                if (temperature != UnreliableWeatherService.Made(city) || city == FailureSchedule.HopelessCity)
                    faults.Add($"the answer for the city {city} was {temperature}");
            }
            catch (IOException) when (city == FailureSchedule.HopelessCity)
            {
                // As the schedule says: the caller sees the service's own error when the attempts are used up.
            }
            catch (IOException e)
            {
                faults.Add(e.Message);
            }
        }

        return faults;
    }
}
