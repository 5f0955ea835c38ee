using System.Runtime.InteropServices;

namespace ProDev.Jobs.Sqlite;

/// <summary>Where a job waits, and since or until when.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct JobPlace(long Queue, JobState State, long RunAt);
