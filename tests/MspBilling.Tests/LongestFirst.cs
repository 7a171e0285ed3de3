using MspBilling.Tests;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace MspBilling.Tests;

/// <summary>
/// Classes that take minutes, each mostly on one core, begin first: none of them is left to run alone at the end. Properties, which use every core, come last.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long =
        ["Local.KilledCloseTests", "Runs.RunCutShortTests", "Runs.RunAdjustmentTests", "Local.CommandTests", "Local.StorageTroubleTests", "Local.MalformedImportTests", "Runs.", "Dashboard.", "Api.", "Local."];

    private static readonly string[] OnEveryCore = ["Properties", "PropertyTests", "FuzzTests"];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(collection => PlaceOf(collection.TestCollectionDisplayName)).ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];

    private static int PlaceOf(string name) => Array.FindIndex(Long, part => name.Contains(part, StringComparison.Ordinal)) is var place and >= 0
        ? place
        : OnEveryCore.Any(part => name.Contains(part, StringComparison.Ordinal)) ? Long.Length + 1 : Long.Length;
}
