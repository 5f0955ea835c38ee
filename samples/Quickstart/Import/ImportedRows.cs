namespace Quickstart.Import;

/// <summary>What the job of one country returns.</summary>
internal sealed record ImportedRows(string Country, int Rows);
