using System.Data;
using System.Data.Common;

namespace ProDev.Jobs.Conformance;

/// <summary>The transaction of a driver that no store knows.</summary>
public sealed class ForeignTransaction : DbTransaction
{
    public override IsolationLevel IsolationLevel => IsolationLevel.Serializable;

    protected override DbConnection? DbConnection => null;

    public override void Commit() => throw new NotSupportedException();

    public override void Rollback() => throw new NotSupportedException();
}
