namespace ProDev.Retry.Tests;

public sealed class GeneratedCodeTests
{
    [Fact]
    public void DecoratorRetriesMarkedMethodsAndPassesTheOthersThrough()
    {
        var run = AssertClean("""
            using System;
            using System.Collections.Generic;
            using System.Threading;
            using System.Threading.Tasks;
            using ProDev.Retry;

            namespace Atlas;

            public sealed record City(int Id, string Name);

            public interface ICityCatalog
            {
                [Retry(MaxAttempts = 4, BaseDelay = "00:00:00.050", MaxDelay = "00:00:02", Deadline = "00:00:30"), Idempotent]
                ValueTask<IReadOnlyList<City>> NearestAsync(string country, double latitude, int take = 10, CancellationToken ct = default);

                [Retry(Policy = "writes"), Idempotent]
                Task RenameAsync(int id, string name, CancellationToken cancellationToken);

                ValueTask<int> CountAsync(CancellationToken ct);

                string Source { get; set; }

                event EventHandler? Changed;
            }
            """);

        Snapshot.Matches(run);
    }

    [Fact]
    public void TimeoutsAndCircuitBreakersArePartOfThePolicy_WithAndWithoutRetries()
    {
        var run = AssertClean("""
            using System.Threading;
            using System.Threading.Tasks;
            using ProDev.Retry;

            public interface IWeather
            {
                [Retry(MaxAttempts = 3), Timeout("00:00:02"), CircuitBreaker("weather"), Idempotent]
                ValueTask<double> TemperatureAsync(string city, CancellationToken ct);

                [Timeout("00:00:00.250")]
                Task ReportAsync(double temperature, CancellationToken ct);

                [CircuitBreaker("weather \"two\"")]
                int Count();
            }
            """);

        Snapshot.Matches(run);
    }

    [Fact]
    public void EachKindOfResultHasItsOperation()
    {
        var run = AssertClean("""
            using System.Threading;
            using System.Threading.Tasks;
            using ProDev.Retry;

            [Idempotent]
            internal interface IKinds
            {
                [Retry] void Nothing(int value);
                [Retry] int Value(string? text, CancellationToken token);
                [Retry] Task Plain(CancellationToken token);
                [Retry] Task<int?> Result(CancellationToken token);
                [Retry] ValueTask PlainValue(CancellationToken token);
                [Retry] ValueTask<(int A, string? B)> ResultValue(CancellationToken token);
            }
            """);

        Snapshot.Matches(run);
    }

    [Fact]
    public void GenericsOverloadsBasesAndAwkwardNamesAreHandled()
    {
        var run = AssertClean("""
            using System;
            using System.Threading;
            using System.Threading.Tasks;
            using ProDev.Retry;

            namespace Atlas.@class;

            public interface IBase
            {
                [Retry, Idempotent] int Inherited(int value);
                int Hidden();
            }

            public static class Outer
            {
                [Idempotent]
                public interface IAwkward : IBase, IAsyncDisposable
                {
                    [Retry] Task<T?> FindAsync<T>(int id, CancellationToken ct) where T : class, new();
                    [Retry] ValueTask<T> FindAsync<T>(T like, CancellationToken inner) where T : struct, IComparable<T>;
                    [Retry] TResult? Map<T, TResult>(T @event, TResult? cancellationToken, params T[] inner);
                    [Retry] int Inner(int _inner, int _innerPolicy);
                    [Retry] ValueTask<int> Two(CancellationToken first, CancellationToken last);
                    new int Hidden();
                }
            }
            """);

        Snapshot.Matches(run);
    }

    [Fact]
    public void AttributeIsFound_WhenTheCodeLivesBelowANamespaceOfTheSameName() => AssertClean("""
        using System.Threading;
        using System.Threading.Tasks;
        using ProDev.Retry;

        namespace ProDev.Quickstart;

        public interface ISource
        {
            [Retry(MaxAttempts = 3), Idempotent]
            ValueTask<int> ReadAsync(CancellationToken ct);
        }
        """);

    [Fact]
    public void NamesDoNotCollide_WhenMethodsAreNumberedOrDifferInCaseOnly() => AssertClean("""
        using ProDev.Retry;

        [Idempotent]
        public interface INumbered
        {
            [Retry] int Get(int id);
            [Retry] int Get(string name);
            [Retry] int Get2();
            [Retry] int get();
        }
        """);

    private static string AssertClean(string source)
    {
        var run = GeneratorRun.Of(source);
        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerErrors);
        return string.Join("\n", run.Files.OrderBy(file => file.HintName, StringComparer.Ordinal).Select(file => $"// {file.HintName}\n{file.SourceText}"));
    }
}
