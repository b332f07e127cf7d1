namespace Smallstep.Fleet.Platform;

/// <summary>How a filter with several values is written in a query, on which the API's description is ambiguous.</summary>
public enum FilterArrayStyle
{
    /// <summary><c>filters[source][0]=Fleet</c>.</summary>
    Indexed,

    /// <summary><c>filters[source]=Fleet&amp;filters[source]=IRU</c>.</summary>
    Repeated,

    /// <summary><c>filters[source]=Fleet</c>; several values are not sent but filtered here, and several sources are refused.</summary>
    Scalar,
}
