namespace ProDev.Jobs;

/// <summary>What a <see cref="JobUniqueness"/> compares, beside the name of the job.</summary>
internal enum UniqueBy
{
    Nothing,
    Name,
    Arguments,
    Properties,
    Key,
}
