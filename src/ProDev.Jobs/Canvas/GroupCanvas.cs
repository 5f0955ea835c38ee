namespace ProDev.Jobs;

internal sealed class GroupCanvas(IReadOnlyList<Canvas> members) : Canvas
{
    internal override CanvasPart Build(CanvasBuilder builder)
    {
        CanvasPart[] parts = [.. members.Select(m => m.Build(builder))];
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i].Ids.Count == 0)
                throw CanvasFault.Of($"Member {i} of a group in the canvas has no job. Leave it out.");
        }

        return new CanvasPart
        {
            Steps = [new JobStep { GroupId = builder.Ids.NextGroup(), Group = [.. parts.Select(static p => p.Steps)] }],
            Ids = [.. parts.SelectMany(static p => p.Ids)],
            End = new CanvasEnd { Members = [.. parts.Select(static p => p.End)] },
            Silent = Array.TrueForAll(parts, static p => p.Silent is not null) ? parts.FirstOrDefault()?.Silent : null,
            Receiver = parts.FirstOrDefault(static p => p.Receiver is not null)?.Receiver,
        };
    }
}
