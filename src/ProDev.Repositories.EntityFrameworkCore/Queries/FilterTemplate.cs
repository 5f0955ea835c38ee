using System.Linq.Expressions;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>A condition whose captured values have become parameters.</summary>
internal sealed record FilterTemplate(LambdaExpression Predicate, bool BindsCursor);
