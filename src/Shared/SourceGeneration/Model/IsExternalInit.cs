using System.ComponentModel;

namespace System.Runtime.CompilerServices;

/// <summary>Lets records compile for netstandard2.0, on which compilers load generators.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
internal static class IsExternalInit;
