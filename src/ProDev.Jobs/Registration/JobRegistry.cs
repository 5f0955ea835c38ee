using System.Diagnostics.CodeAnalysis;

namespace ProDev.Jobs;

/// <summary>All registered jobs, by stored name, argument type and job type. Immutable.</summary>
internal sealed class JobRegistry
{
    private readonly Dictionary<string, JobBinding> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, List<JobBinding>> _byArgs = [];
    private readonly Dictionary<Type, JobBinding> _byJob = [];

    public JobRegistry(IEnumerable<JobBinding> bindings)
    {
        foreach (JobBinding binding in bindings)
            Add(binding);
    }

    /// <summary>The queues of all registered jobs, sorted.</summary>
    public IReadOnlyList<string> Queues
        => [.. _byName.Values.Select(b => b.Definition.Queue).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public bool TryFind(string name, [MaybeNullWhen(false)] out JobBinding binding) => _byName.TryGetValue(name, out binding);

    public JobBinding ForArguments(Type argsType)
    {
        if (!_byArgs.TryGetValue(argsType, out List<JobBinding>? bindings))
        {
            throw new InvalidOperationException(
                $"No registered job takes arguments of type '{argsType}'. Registered are: {Known()}. Call AddJobsFromThisAssembly() in the " +
                "assembly that declares the job, and pass the arguments as the declared type, not as a base type or interface.");
        }

        if (bindings.Count > 1)
        {
            string names = string.Join(", ", bindings.Select(b => $"'{b.Definition.Name}' ({b.JobType})"));
            throw new InvalidOperationException(
                $"{bindings.Count} registered jobs take arguments of type '{argsType}': {names}. " +
                "Name the job: EnqueueAsync<TJob, TArgs>(args), or give each job an argument type of its own.");
        }

        return bindings[0];
    }

    public JobBinding ForJob(Type jobType)
        => _byJob.TryGetValue(jobType, out JobBinding? binding)
            ? binding
            : throw new InvalidOperationException(
                $"The job '{jobType}' is not registered. Registered are: {Known()}. Put [Job(\"name\")] on the class and call " +
                "AddJobsFromThisAssembly() in its assembly.");

    public JobBinding ForJob(Type jobType, Type argsType)
    {
        JobBinding binding = ForJob(jobType);
        return binding.ArgsType == argsType
            ? binding
            : throw new ArgumentException(
                $"The job '{jobType}' is registered for arguments of type '{binding.ArgsType}', not '{argsType}'.", nameof(argsType));
    }

    private void Add(JobBinding binding)
    {
        string name = binding.Definition.Name;
        if (_byName.TryGetValue(name, out JobBinding? known))
        {
            if (known.JobType == binding.JobType)
                return;
            throw new InvalidOperationException(
                $"Two jobs have the name '{name}': '{known.JobType}' and '{binding.JobType}'. A stored job could not tell which one to run. " +
                "Give one of them another name.");
        }

        if (_byJob.TryGetValue(binding.JobType, out known))
        {
            throw new InvalidOperationException(
                $"The job '{binding.JobType}' is registered twice, as '{known.Definition.Name}' and as '{name}'. Register it once.");
        }

        _byName.Add(name, binding);
        _byJob.Add(binding.JobType, binding);
        if (!_byArgs.TryGetValue(binding.ArgsType, out List<JobBinding>? list))
            _byArgs.Add(binding.ArgsType, list = []);
        list.Add(binding);
    }

    private string Known()
        => _byName.Count == 0 ? "none" : string.Join(", ", _byName.Keys.Order(StringComparer.Ordinal).Select(n => $"'{n}'"));
}
