using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>
/// Compiles query trees whose parameter types are known only at run time, and gives them one signature: the values as an array.
/// </summary>
internal static class QueryCompiler
{
    /// <summary>The most parameters a compiled query may have. EF's overloads end soon after.</summary>
    public const int MaxParameters = 12;

    private static readonly MethodInfo[] Overloads =
        [.. typeof(EF).GetMethods().Where(method => string.Equals(method.Name, nameof(EF.CompileAsyncQuery), StringComparison.Ordinal))];

    public static Func<DbContext, object?[], IAsyncEnumerable<TResult>> Rows<TResult>(
        ParameterExpression context, IReadOnlyList<ParameterExpression> parameters, Expression body)
    {
        Type[] types = [typeof(DbContext), .. parameters.Select(parameter => parameter.Type)];
        var lambda = Expression.Lambda(
            Expression.GetFuncType([.. types, typeof(IQueryable<TResult>)]), body, [context, .. parameters]);
        var compiled = Compile(lambda, [.. types, typeof(TResult)], IsRows);
        return Adapt<Func<DbContext, object?[], IAsyncEnumerable<TResult>>>(compiled, parameters, token: null);
    }

    public static Func<DbContext, object?[], CancellationToken, Task<TResult>> Scalar<TResult>(
        ParameterExpression context, IReadOnlyList<ParameterExpression> parameters, Expression body)
    {
        Type[] types = [typeof(DbContext), .. parameters.Select(parameter => parameter.Type)];
        var token = Expression.Parameter(typeof(CancellationToken), "cancellationToken");
        var lambda = Expression.Lambda(
            Expression.GetFuncType([.. types, typeof(CancellationToken), typeof(TResult)]), body, [context, .. parameters, token]);
        var compiled = Compile(lambda, [.. types, typeof(TResult)], IsCancellableScalar);
        return Adapt<Func<DbContext, object?[], CancellationToken, Task<TResult>>>(compiled, parameters, token);
    }

    private static Delegate Compile(LambdaExpression lambda, Type[] typeArguments, Func<Type[], bool> accepts)
    {
        var overload = Overloads.Single(method =>
            method.GetGenericArguments().Length == typeArguments.Length
            && accepts(method.GetParameters()[0].ParameterType.GetGenericArguments()[0].GetGenericArguments()));
        return (Delegate)overload.MakeGenericMethod(typeArguments).Invoke(null, [lambda])!; // Compiling a query never returns null.
    }

    private static bool IsRows(Type[] signature) =>
        signature[^1].IsGenericType && signature[^1].GetGenericTypeDefinition() == typeof(IQueryable<>);

    private static bool IsCancellableScalar(Type[] signature) =>
        signature[^1].IsGenericMethodParameter && signature[^2] == typeof(CancellationToken);

    private static TQuery Adapt<TQuery>(Delegate compiled, IReadOnlyList<ParameterExpression> parameters, ParameterExpression? token)
        where TQuery : Delegate
    {
        var context = Expression.Parameter(typeof(DbContext), "context");
        var values = Expression.Parameter(typeof(object?[]), "values");
        var arguments = parameters.Select((parameter, index) =>
            Expression.Convert(Expression.ArrayIndex(values, Expression.Constant(index)), parameter.Type));
        var call = Expression.Invoke(
            Expression.Constant(compiled), [context, .. arguments, .. token is null ? Array.Empty<Expression>() : [token]]);
        ParameterExpression[] signature = token is null ? [context, values] : [context, values, token];
        return Expression.Lambda<TQuery>(call, signature).Compile();
    }
}
