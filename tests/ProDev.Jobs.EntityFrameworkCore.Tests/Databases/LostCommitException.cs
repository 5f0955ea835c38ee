namespace ProDev.Jobs.EntityFrameworkCore.Tests;

/// <summary>One that no driver knows, so only <see cref="RetryingStrategy"/> tries again.</summary>
public sealed class LostCommitException() : Exception("The commit was lost.");
