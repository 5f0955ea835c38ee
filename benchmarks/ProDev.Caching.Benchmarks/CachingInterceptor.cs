using System.Text;
using Castle.DynamicProxy;
using Microsoft.Extensions.Caching.Memory;

namespace ProDev.Caching.Benchmarks;

/// <summary>
/// Caching by a proxy that is made at run time, at its cheapest: the returned value task itself is kept, boxed. That is right
/// only because the service behind answers at once; one that awaits needs more, on a hit too.
/// </summary>
internal sealed class CachingInterceptor(IMemoryCache cache) : IInterceptor
{
    public void Intercept(IInvocation invocation)
    {
        var key = Key(invocation);
        if (cache.TryGetValue(key, out var kept))
        {
            invocation.ReturnValue = kept;
            return;
        }

        invocation.Proceed();
        cache.Set(key, invocation.ReturnValue);
    }

    private static string Key(IInvocation invocation)
    {
        var key = new StringBuilder(invocation.Method.Name);
        foreach (var argument in invocation.Arguments)
        {
            if (argument is not CancellationToken)
                key.Append(':').Append(argument);
        }

        return key.ToString();
    }
}
