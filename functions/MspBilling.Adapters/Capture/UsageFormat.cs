namespace MspBilling.Adapters.Capture;

/// <summary>A kind of usage file.</summary>
/// <param name="Source">The source in the ids of its records, which is its import format as well.</param>
/// <param name="IsIt">Whether a header is of this kind.</param>
/// <param name="Add">Adds up the rows of a table, and says what is wrong with them.</param>
internal sealed record UsageFormat(string Source, Func<IReadOnlyCollection<string>, bool> IsIt, Action<UsageTable, UsageGroups, ProblemList> Add);
