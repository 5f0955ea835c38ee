using System.Data.Common;

namespace ProDev.Retry.Tests.Recipes;

internal sealed class DatabaseFault(bool isTransient) : DbException("The connection was reset.")
{
    public override bool IsTransient => isTransient;
}
