namespace ProDev.Caching.Internal;

/// <summary>Hears what other processes have changed. Called on any thread, also while a call runs; returns at once.</summary>
internal interface ISecondLevelListener
{
    /// <summary>A key was set or removed: what memory holds of it goes, and loads that are running are not stored.</summary>
    /// <param name="key">The text of the key, region included.</param>
    void KeyRemoved(string key);

    /// <summary>A key was declared expired.</summary>
    /// <param name="key">The text of the key, region included.</param>
    void KeyExpired(string key);

    /// <summary>A tag was invalidated; <c>*</c> means everything.</summary>
    void TagInvalidated(string tag);

    /// <summary>Notices may have been missed: whatever memory holds is to be read again.</summary>
    void Missed();
}
