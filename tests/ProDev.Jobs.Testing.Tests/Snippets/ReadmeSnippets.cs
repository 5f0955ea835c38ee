using Microsoft.Extensions.DependencyInjection;
using ProDev.Jobs.Testing;

namespace ProDev.Jobs.Snippets;

public interface IMailer
{
    Task SendAsync(string address, CancellationToken cancellationToken);
}

[Job("mail.send")]
public sealed class SendMail(IMailer mailer) : IJob<SendMail.Args>
{
    public sealed record Args(string Address);

    public Task RunAsync(Args args, JobContext context, CancellationToken cancellationToken) => mailer.SendAsync(args.Address, cancellationToken);
}

/// <summary>Fails once, then works.</summary>
public sealed class FakeMailer : IMailer
{
    private int _calls;

    public Task SendAsync(string address, CancellationToken cancellationToken)
        => Interlocked.Increment(ref _calls) == 1 ? throw new IOException("The server is busy.") : Task.CompletedTask;
}

/// <summary>Never answers.</summary>
public sealed class SilentBank
{
    private readonly TaskCompletionSource _wasAsked = new();

    public Task WasAsked => _wasAsked.Task;

    public Task AskAsync(CancellationToken cancellationToken)
    {
        _wasAsked.TrySetResult();
        return Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }
}

[Job("bank.ask")]
public sealed class AskBank(SilentBank bank, TimeProvider time) : IJob<AskBank.Args>
{
    public sealed record Args;

    public async Task RunAsync(Args args, JobContext context, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), time);
        await bank.AskAsync(limit.Token);
    }
}

public sealed class ReadmeSnippets
{
    #region snippet: jobs-testing
    [Fact]
    public async Task IsSentInTheSecondAttempt_WhenTheServerIsBusy()
    {
        await using var host = await JobTestHost.StartAsync(
            jobs => jobs.AddJobsFromThisAssembly(),
            services => services.AddSingleton<IMailer, FakeMailer>());

        await host.Jobs.EnqueueAsync(new SendMail.Args("a@b.example"), o => o.Delay = TimeSpan.FromHours(6));
        await host.RunUntilDoneAsync();                     // 6 hours and a retry later, in no time

        Assert.Equal([JobTestOutcome.Retried, JobTestOutcome.Succeeded], host.Runs.Select(run => run.Outcome));
        host.ShouldHaveNoDeadLetters();
    }
    #endregion

    [Fact]
    public async Task TimeoutPassesAsTheReadmeSays()
    {
        var bank = new SilentBank();
        await using JobTestHost host = await JobTestHost.StartAsync(jobs => jobs.AddJobsFromThisAssembly(), services => services.AddSingleton(bank));

        #region snippet: jobs-testing-timeout
        await host.Jobs.EnqueueAsync(new AskBank.Args());
        Task idle = host.RunUntilIdleAsync();
        await bank.WasAsked;                                // a fake of your own
        host.Advance(TimeSpan.FromSeconds(30));
        await idle;
        #endregion

        Assert.IsAssignableFrom<OperationCanceledException>(Assert.Single(host.Runs).Exception);
    }
}
