namespace ProDev.Jobs;

internal enum JobOutcomeKind
{
    Complete,
    Retry,
    DeadLetter,
    Return,
    Revoke,
}
