using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProDev.Jobs;

namespace ProDev.Readme.Tests;

#region snippet: tour-jobs
[Job("mail.welcome", MaxAttempts = 8)]
public sealed class SendWelcome(IMailer mailer) : IJob<SendWelcome.Args>
{
    public sealed record Args(string Address);

    public Task RunAsync(Args args, JobContext context, CancellationToken cancellationToken) =>
        mailer.SendAsync(args.Address, "Welcome!", cancellationToken);
}
#endregion

public interface IMailer
{
    Task SendAsync(string address, string text, CancellationToken ct);
}

public class JobsTour
{
    [Fact]
    public async Task RunsTheJob_WhenItWasEnqueued()
    {
        var folder = Directory.CreateTempSubdirectory("prodev-readme-");
        var path = Path.Combine(folder.FullName, "jobs.db");
        var builder = Host.CreateApplicationBuilder();
        var mailer = new Mailer();
        builder.Services.AddSingleton<IMailer>(mailer);
        #region snippet: tour-jobs-registration
        builder.Services.AddProDevJobs().UseSqlite(path).AddJobsFromThisAssembly().AddWorker();
        #endregion
        using (var host = builder.Build())
        {
            await host.StartAsync();
            var jobs = host.Services.GetRequiredService<IJobClient>();
            #region snippet: tour-jobs-enqueue
            JobHandle handle = await jobs.EnqueueAsync(new SendWelcome.Args("ada@example.org"));   // on disk when it returns
            #endregion
            Assert.NotEqual(Guid.Empty, handle.Id);
            Assert.Equal("ada@example.org", await mailer.Sent);
            await host.StopAsync();
        }

        folder.Delete(recursive: true);
    }

    private sealed class Mailer : IMailer
    {
        private readonly TaskCompletionSource<string> _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Sent => _sent.Task;

        public Task SendAsync(string address, string text, CancellationToken ct)
        {
            _sent.TrySetResult(address);
            return Task.CompletedTask;
        }
    }
}
