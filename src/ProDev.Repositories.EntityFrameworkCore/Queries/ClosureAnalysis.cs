using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;

namespace ProDev.Repositories.EntityFrameworkCore;

/// <summary>
/// Finds the parts of a lambda that depend on nothing but values captured from outside: what can be computed before the query runs.
/// </summary>
internal sealed class ClosureAnalysis(IEvaluatableExpressionFilter filter, IModel model) : ExpressionVisitor
{
    private const int NoParameter = int.MaxValue;
    private const int NeverClosed = -1;

    private readonly Dictionary<ParameterExpression, int> _depths = [];
    private readonly HashSet<Expression> _captured = new(ReferenceEqualityComparer.Instance);
    private int _depth;

    // The binding depth of the outermost lambda parameter that the node just visited refers to.
    private int _outermost = NoParameter;
    private bool _captures;

    public bool IsCaptured(Expression node) => _captured.Contains(node);

    public override Expression? Visit(Expression? node)
    {
        if (node is null)
            return null;

        var (outermost, captures) = (_outermost, _captures);
        (_outermost, _captures) = (NoParameter, false);
        base.Visit(node);
        if (!filter.IsEvaluatableExpression(node, model) || IsMarker(node))
            _outermost = NeverClosed;

        _captures |= CapturesByItself(node);
        if (_outermost == NoParameter && _captures)
            _captured.Add(node);

        _outermost = Math.Min(_outermost, outermost);
        _captures |= captures;
        return node;
    }

    protected override Expression VisitParameter(ParameterExpression node)
    {
        _outermost = Math.Min(_outermost, _depths.GetValueOrDefault(node, NeverClosed));
        return node;
    }

    protected override Expression VisitLambda<T>(Expression<T> node)
    {
        foreach (var parameter in node.Parameters)
            _depths[parameter] = _depth;

        _depth++;
        Visit(node.Body);
        _depth--;

        // References to its own parameters do not make a lambda depend on anything outside it.
        if (_outermost >= _depth)
            _outermost = NoParameter;

        return node;
    }

    // The static members of EF are instructions to its translator; computing them throws.
    private static bool IsMarker(Expression node) => node switch
    {
        MethodCallExpression call => call.Method.DeclaringType == typeof(EF),
        MemberExpression member => member.Member.DeclaringType == typeof(EF),
        _ => false,
    };

    private static bool CapturesByItself(Expression node) => node switch
    {
        ConstantExpression { Value: { } value } => !IsLiteral(value),
        MemberExpression { Expression: null, Member: FieldInfo field } => field is { IsInitOnly: false, IsLiteral: false },
        MemberExpression { Expression: null, Member: PropertyInfo } => true,
        _ => false,
    };

    private static bool IsLiteral(object value) =>
        value is string or decimal or Enum or Type or DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan or Guid
        || value.GetType().IsPrimitive;
}
