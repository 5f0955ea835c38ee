namespace Nuke.Common;

public abstract partial class NukeBuild
{
    /// <summary>Called when parameters have their values and the plan stands, before the first target.</summary>
    protected internal virtual void OnBuildInitialized()
    {
    }

    /// <summary>Called after the summary, whether the build succeeded or failed.</summary>
    protected internal virtual void OnBuildFinished()
    {
    }
}
