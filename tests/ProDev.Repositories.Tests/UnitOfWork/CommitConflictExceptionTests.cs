namespace ProDev.Repositories.Tests;

public sealed class CommitConflictExceptionTests
{
    [Fact]
    public void MessageNamesEntitiesAndRemedy_ForEachConflict()
    {
        var inner = new TimeoutException();
        var stale = new CommitConflictException(CommitConflict.StaleRow, ["City", "District"], inner);
        Assert.Equal(
            "The commit was refused: 'City', 'District' was changed or deleted by someone else after it was read. Read it again, apply the change again and commit again.",
            stale.Message);
        Assert.Equal(CommitConflict.StaleRow, stale.Conflict);
        Assert.Same(inner, stale.InnerException);

        var duplicate = new CommitConflictException(CommitConflict.DuplicateRow, [], innerException: null);
        Assert.Equal(
            "The commit was refused: a row has the key or the unique values of a row that exists already. Choose other values, or change the existing row.",
            duplicate.Message);
        Assert.Throws<ArgumentNullException>(() => new CommitConflictException(CommitConflict.StaleRow, null!, innerException: null));
    }
}
