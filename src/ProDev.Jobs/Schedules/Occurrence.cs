using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ProDev.Jobs;

/// <summary>Makes the jobs of a schedule.</summary>
internal static class Occurrence
{
    /// <summary>
    /// The same for the same schedule and time, in every process, so that a store that cannot enqueue and move the schedule in one change makes no
    /// second job: UUID version 8, the milliseconds in front as in version 7, then a hash.
    /// </summary>
    public static Guid IdOf(string schedule, DateTimeOffset at)
    {
        long milliseconds = at.ToUnixTimeMilliseconds();
        string key = string.Create(CultureInfo.InvariantCulture, $"prodev.jobs.schedule\n{schedule}\n{milliseconds}");
        Span<byte> id = SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16);
        BinaryPrimitives.WriteUInt16BigEndian(id, (ushort)(milliseconds >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(id[2..], (uint)milliseconds);
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }

    /// <summary>The name of the schedule that made the job, if one did.</summary>
    public static string? ScheduleOf(JobEnvelope job) => job.Headers.GetValueOrDefault(JobConstants.ScheduleHeader);

    /// <summary>The scheduled time of the job, if it has one.</summary>
    public static DateTimeOffset? TimeOf(JobEnvelope job)
        => job.Headers.TryGetValue(JobConstants.ScheduledAtHeader, out string? text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at)
            ? at
            : null;

    /// <param name="schedule">The schedule.</param>
    /// <param name="id">The id of the job.</param>
    /// <param name="at">The scheduled time; <see langword="null"/> for a job that was asked for by hand.</param>
    public static JobEnvelope CreateJob(JobSchedule schedule, Guid id, DateTimeOffset? at)
    {
        JobEnvelope job = schedule.Job;
        Activity? caller = Activity.Current;
        var headers = new Dictionary<string, string>(job.Headers, StringComparer.Ordinal) { [JobConstants.ScheduleHeader] = schedule.Name };
        if (at is { } moment)
            headers[JobConstants.ScheduledAtHeader] = moment.ToString("O", CultureInfo.InvariantCulture);
        return job with
        {
            Id = id,
            Headers = headers,
            TraceParent = caller is { IdFormat: ActivityIdFormat.W3C } ? caller.Id : null,
            TraceState = caller?.TraceStateString,
        };
    }
}
