namespace MspBilling.Adapters.Capture.Autotask;

/// <summary>Rows that the rows of a page refer to, and that stand beside them in it.</summary>
/// <param name="From">The list in the page that refers to them.</param>
/// <param name="Field">The field by which it does.</param>
/// <param name="To">The list in the page that they become.</param>
/// <param name="Entity">What they are queried as.</param>
internal sealed record Link(string From, string Field, string To, string Entity)
{
    /// <summary>Their field that the reference is to.</summary>
    public string Key { get; init; } = "id";

    /// <summary>The fields that are asked for; null for all.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>Only those whose date is not before the days that are swept.</summary>
    public string? SweptBy { get; init; }

    /// <summary>Whether there are few of them, which many records refer to: then each is asked for once in a pull.</summary>
    public bool IsFew { get; init; }

    public bool IsById => Key == "id";
}
