namespace ProDev.Jobs;

/// <summary>Collects schedules. Each has a name of its own and is checked at once, except for its job and arguments. Not safe for concurrent use.</summary>
public sealed class JobSchedulesBuilder
{
    private readonly Dictionary<string, ScheduleDeclaration> _declarations = new(StringComparer.Ordinal);

    internal JobSchedulesBuilder()
    {
    }

    internal IReadOnlyCollection<ScheduleDeclaration> Declarations => _declarations.Values;

    /// <summary>
    /// Enqueues the job that takes <typeparamref name="TArgs"/> at the times of a cron expression. Where clocks are put forward, skipped times occur
    /// once, at the first moment after the gap. Where they are put back, an expression whose hours have <c>*</c> or a step occurs each time that the
    /// local time comes; any other occurs the first time only.
    /// </summary>
    /// <typeparam name="TArgs">The declared argument type of exactly one registered job.</typeparam>
    /// <param name="name">
    /// Identifies the schedule in the store. One to 128 of: letters, digits, <c>.</c>, <c>-</c>, <c>_</c>; the first one a letter or digit.
    /// </param>
    /// <param name="cron">
    /// Minute, hour, day of the month, month, day of the week; with six fields the first is the second. Or a macro: <c>@yearly</c>,
    /// <c>@monthly</c>, <c>@weekly</c>, <c>@daily</c>, <c>@hourly</c>, <c>@every_minute</c>, <c>@every_second</c>.
    /// </param>
    /// <param name="args">The arguments of each job.</param>
    /// <param name="configure">Sets the time zone and more; <see langword="null"/> for the defaults.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name, the expression, the zone or an option is wrong; the message says what is allowed.</exception>
    public JobSchedulesBuilder Cron<TArgs>(string name, string cron, TArgs args, Action<ScheduleOptions>? configure = null)
        where TArgs : notnull
        => AddCron(name, cron, jobType: null, args, configure);

    /// <summary>The same for <typeparamref name="TJob"/>, for when several jobs take the same argument type.</summary>
    /// <typeparam name="TJob">A registered job.</typeparam>
    /// <typeparam name="TArgs">Its argument type.</typeparam>
    /// <param name="name">Identifies the schedule in the store.</param>
    /// <param name="cron">The cron expression.</param>
    /// <param name="args">The arguments of each job.</param>
    /// <param name="configure">Sets the time zone and more; <see langword="null"/> for the defaults.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name, the expression, the zone or an option is wrong; the message says what is allowed.</exception>
    public JobSchedulesBuilder Cron<TJob, TArgs>(string name, string cron, TArgs args, Action<ScheduleOptions>? configure = null)
        where TJob : class, IJob<TArgs>
        where TArgs : notnull
        => AddCron(name, cron, typeof(TJob), args, configure);

    /// <summary>
    /// Enqueues the job that takes <typeparamref name="TArgs"/> again and again, for the first time one interval from now unless
    /// <see cref="ScheduleOptions.Anchor"/> is set. The times are whole numbers of intervals from the anchor; a late one does not delay the others.
    /// </summary>
    /// <typeparam name="TArgs">The declared argument type of exactly one registered job.</typeparam>
    /// <param name="name">
    /// Identifies the schedule in the store. One to 128 of: letters, digits, <c>.</c>, <c>-</c>, <c>_</c>; the first one a letter or digit.
    /// </param>
    /// <param name="interval">The time between two occurrences: whole milliseconds, from one second to ten years.</param>
    /// <param name="args">The arguments of each job.</param>
    /// <param name="configure">Sets the anchor and more; <see langword="null"/> for the defaults.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name, the interval or an option is wrong; the message says what is allowed.</exception>
    public JobSchedulesBuilder Every<TArgs>(string name, TimeSpan interval, TArgs args, Action<ScheduleOptions>? configure = null)
        where TArgs : notnull
        => AddEvery(name, interval, jobType: null, args, configure);

    /// <summary>The same for <typeparamref name="TJob"/>, for when several jobs take the same argument type.</summary>
    /// <typeparam name="TJob">A registered job.</typeparam>
    /// <typeparam name="TArgs">Its argument type.</typeparam>
    /// <param name="name">Identifies the schedule in the store.</param>
    /// <param name="interval">The time between two occurrences: whole milliseconds, from one second to ten years.</param>
    /// <param name="args">The arguments of each job.</param>
    /// <param name="configure">Sets the anchor and more; <see langword="null"/> for the defaults.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name, the interval or an option is wrong; the message says what is allowed.</exception>
    public JobSchedulesBuilder Every<TJob, TArgs>(string name, TimeSpan interval, TArgs args, Action<ScheduleOptions>? configure = null)
        where TJob : class, IJob<TArgs>
        where TArgs : notnull
        => AddEvery(name, interval, typeof(TJob), args, configure);

    private JobSchedulesBuilder AddCron<TArgs>(string name, string cron, Type? jobType, TArgs args, Action<ScheduleOptions>? configure)
        where TArgs : notnull
    {
        ArgumentNullException.ThrowIfNull(cron);
        ArgumentNullException.ThrowIfNull(args);
        ScheduleOptions options = Options(name, configure);
        ScheduleRules.CheckCron(name, cron, options);
        return Add(new ScheduleDeclaration<TArgs>(name, options, jobType, args) { Cron = cron });
    }

    private JobSchedulesBuilder AddEvery<TArgs>(string name, TimeSpan interval, Type? jobType, TArgs args, Action<ScheduleOptions>? configure)
        where TArgs : notnull
    {
        ArgumentNullException.ThrowIfNull(args);
        ScheduleOptions options = Options(name, configure);
        ScheduleRules.CheckInterval(name, interval, options);
        return Add(new ScheduleDeclaration<TArgs>(name, options, jobType, args) { Interval = interval });
    }

    private static ScheduleOptions Options(string name, Action<ScheduleOptions>? configure)
    {
        ScheduleRules.CheckName(name);
        var options = new ScheduleOptions();
        configure?.Invoke(options);
        ScheduleRules.CheckOptions(name, options);
        return options;
    }

    private JobSchedulesBuilder Add(ScheduleDeclaration declaration)
    {
        if (!_declarations.TryAdd(declaration.Name, declaration))
        {
            throw new ArgumentException(
                $"Two schedules have the name '{declaration.Name}'. Give one of them another name.", nameof(declaration));
        }

        return this;
    }
}
