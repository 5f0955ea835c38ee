namespace ProDev.Jobs;

/// <summary>
/// A plan of jobs: one job, a chain, or a group, nested as deep as needed. Immutable, so that parts can be used again: each use makes jobs of
/// its own. Enqueue it with <see cref="IJobClient.EnqueueCanvasAsync"/>; from then on it lives in the store, in the jobs themselves, and no process
/// has to stay alive for it. What follows a job is enqueued in the same transaction that ends the job: it is neither lost nor doubled when
/// a worker dies between the two.
/// </summary>
/// <remarks>
/// A job that is given up stops its chain and leaves its group waiting: once it is replayed and succeeds, the chain goes on and the group
/// closes. Discarded or revoked, what would have followed it never happens. The words are Celery's.
/// </remarks>
public abstract class Canvas
{
    private protected Canvas()
    {
    }

    /// <summary>A job with arguments of its own.</summary>
    /// <typeparam name="TArgs">The declared argument type of exactly one registered job.</typeparam>
    /// <param name="args">The arguments; serialised when the canvas is enqueued.</param>
    /// <param name="configure">
    /// Sets the options of the job; a delay counts from the moment its turn comes. <see cref="EnqueueOptions.IdempotencyKey"/> cannot be used.
    /// </param>
    /// <returns>The job.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="args"/> is null.</exception>
    public static JobCanvas Job<TArgs>(TArgs args, Action<EnqueueOptions>? configure = null)
        where TArgs : notnull
    {
        ArgumentNullException.ThrowIfNull(args);
        return new ArgumentsJobCanvas<TArgs>(jobType: null, args, configure);
    }

    /// <summary>A job with arguments of its own, for when several jobs take the same argument type.</summary>
    /// <typeparam name="TJob">A registered job.</typeparam>
    /// <typeparam name="TArgs">Its argument type.</typeparam>
    /// <param name="args">The arguments; serialised when the canvas is enqueued.</param>
    /// <param name="configure">Sets the options of the job; see <see cref="Job{TArgs}(TArgs, Action{EnqueueOptions})"/>.</param>
    /// <returns>The job.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="args"/> is null.</exception>
    public static JobCanvas Job<TJob, TArgs>(TArgs args, Action<EnqueueOptions>? configure = null)
        where TJob : class
        where TArgs : notnull
    {
        ArgumentNullException.ThrowIfNull(args);
        return new ArgumentsJobCanvas<TArgs>(typeof(TJob), args, configure);
    }

    /// <summary>
    /// A job whose arguments are what came before it: the result of the job before it in a chain, the results of a group as a list, a
    /// <see cref="JobFailure"/> in <see cref="OnError"/>.
    /// </summary>
    /// <typeparam name="TJob">A registered job.</typeparam>
    /// <param name="configure">Sets the options of the job; see <see cref="Job{TArgs}(TArgs, Action{EnqueueOptions})"/>.</param>
    /// <returns>The job.</returns>
    public static JobCanvas Job<TJob>(Action<EnqueueOptions>? configure = null)
        where TJob : class
        => new ReceivingJobCanvas(typeof(TJob), configure);

    /// <summary>One after the other; each starts when the one before it has succeeded.</summary>
    /// <param name="steps">The steps.</param>
    /// <returns>The chain.</returns>
    /// <exception cref="ArgumentNullException">The list or a step is null.</exception>
    public static Canvas Chain(params IReadOnlyList<Canvas> steps) => new ChainCanvas(Checked(steps, nameof(steps)));

    /// <summary>Side by side. What follows a group starts when all its members have succeeded.</summary>
    /// <param name="members">The members.</param>
    /// <returns>The group.</returns>
    /// <exception cref="ArgumentNullException">The list or a member is null.</exception>
    public static Canvas Group(params IReadOnlyList<Canvas> members) => new GroupCanvas(Checked(members, nameof(members)));

    /// <summary>A group, and what starts with the list of its results: the same as <c>Group(members).Then(callback)</c>.</summary>
    /// <param name="members">The members; if there are none, the callback starts at once with an empty list.</param>
    /// <param name="callback">What follows, exactly once.</param>
    /// <returns>The chord.</returns>
    /// <exception cref="ArgumentNullException">An argument or a member is null.</exception>
    public static Canvas Chord(IEnumerable<Canvas> members, Canvas callback)
    {
        ArgumentNullException.ThrowIfNull(members);
        return Group([.. members]).Then(callback);
    }

    /// <summary>A group of one job for each element. For one job for each hundred: <c>Map(rows.Chunk(100))</c>.</summary>
    /// <typeparam name="TArgs">The declared argument type of exactly one registered job.</typeparam>
    /// <param name="args">The arguments; enumerated once, now.</param>
    /// <param name="configure">Sets the options of each job; see <see cref="Job{TArgs}(TArgs, Action{EnqueueOptions})"/>.</param>
    /// <returns>The group.</returns>
    /// <exception cref="ArgumentNullException">The list or an element is null.</exception>
    public static Canvas Map<TArgs>(IEnumerable<TArgs> args, Action<EnqueueOptions>? configure = null)
        where TArgs : notnull
    {
        ArgumentNullException.ThrowIfNull(args);
        return Group([.. args.Select(a => Job(a, configure))]);
    }

    /// <summary>This, and then <paramref name="next"/> with its result.</summary>
    /// <param name="next">What follows.</param>
    /// <returns>The chain.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="next"/> is null.</exception>
    public Canvas Then(Canvas next)
    {
        ArgumentNullException.ThrowIfNull(next);

        // One long chain instead of one in another: a plan that is made in a loop must not need a deep stack.
        return new ChainCanvas(this is ChainCanvas chain ? [.. chain.Steps, next] : [this, next]);
    }

    /// <summary>
    /// Starts <paramref name="handler"/> with a <see cref="JobFailure"/> when a job of this part is given up: once, for the first of them.
    /// If another one is given up after the handler has ended and was pruned (<see cref="JobsOptions.Retention"/>), it starts again.
    /// </summary>
    /// <param name="handler">The job; usually <c>Canvas.Job&lt;TJob&gt;()</c> of a job that takes a <see cref="JobFailure"/>.</param>
    /// <returns>The same plan with the handler.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> is null.</exception>
    public Canvas OnError(JobCanvas handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return new GuardedCanvas(this, handler);
    }

    internal abstract CanvasPart Build(CanvasBuilder builder);

    private static Canvas[] Checked(IReadOnlyList<Canvas> parts, string parameter)
    {
        ArgumentNullException.ThrowIfNull(parts, parameter);
        Canvas[] copy = [.. parts];
        return Array.TrueForAll(copy, static p => p is not null)
            ? copy
            : throw new ArgumentNullException(parameter, $"Element {Array.IndexOf(copy, null)} is null.");
    }
}
