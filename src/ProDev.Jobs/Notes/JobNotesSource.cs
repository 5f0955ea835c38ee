using System.Text.Json;

namespace ProDev.Jobs;

/// <summary>Makes the notes of attempts. Most jobs have none, and pay for nothing but a reference to this.</summary>
internal sealed class JobNotesSource(CheckedJobStore store, JsonSerializerOptions json, TimeSpan lease)
{
    public JobNotes For(HeldJob held) => new(store, held, json, lease);
}
