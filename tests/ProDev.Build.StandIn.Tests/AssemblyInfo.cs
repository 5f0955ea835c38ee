// A run takes over the console of its process, so two runs must not overlap.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
