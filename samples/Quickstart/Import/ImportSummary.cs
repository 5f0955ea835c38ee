namespace Quickstart.Import;

/// <summary>What the callback makes of all countries.</summary>
internal sealed record ImportSummary(int Countries, int Rows, string Largest, int RowsOfLargest);
