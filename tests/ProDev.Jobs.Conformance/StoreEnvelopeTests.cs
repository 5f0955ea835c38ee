namespace ProDev.Jobs.Conformance;

/// <summary>A store gives back every field of an envelope.</summary>
public abstract class StoreEnvelopeTests : StoreTests
{
    [Fact]
    public async Task EveryFieldComesBackUnchanged_WhenTheJobIsFetched()
    {
        JobEnvelope job = WholeJob.New() with { RunAt = Time.GetUtcNow().AddMinutes(-3) };
        await Store.AddAsync(job);

        LeasedJob leased = Assert.Single(await Store.TakeAsync(1, "bulk"));

        Assert.Equal(WholeJob.Text(job), WholeJob.Text(leased.Envelope));
    }
}
