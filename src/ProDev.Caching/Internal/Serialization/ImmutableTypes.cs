namespace ProDev.Caching.Internal;

/// <summary>
/// Whether values of a type can be shared because nobody can change them. Answered once per type. What cannot be proven is not immutable.
/// </summary>
internal static class ImmutableTypes
{
    public static bool IsImmutable<T>() => Answer<T>.Always;

    /// <summary>As <see cref="IsImmutable{T}"/> for values whose class is <typeparamref name="T"/> itself: a class derived from it may add what it likes.</summary>
    public static bool IsImmutableWhenExact<T>() => Answer<T>.WhenExact;

    private static class Answer<T>
    {
        public static readonly bool Always = ImmutabilityProof.Holds(typeof(T), isExact: false);

        public static readonly bool WhenExact = Always || ImmutabilityProof.Holds(typeof(T), isExact: true);
    }
}
