using System.Runtime.InteropServices;

namespace ProDev.Jobs;

/// <summary>Where a job that follows another comes from.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct JobLineage(Guid? RootId, Guid? ParentId, string? TraceParent, string? TraceState);
