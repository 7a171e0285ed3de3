namespace MspBilling.Tests;

/// <summary>Which cases of a long sweep are tried, such as each point at which a run can be cut short: some, or all of them with MSP_BILLING_SWEEPS=all in the environment.</summary>
/// <remarks>Which ones they are is always the same, the first and the last among them: what fails once fails again.</remarks>
internal static class SweepSample
{
    /// <summary>Whether all cases are tried.</summary>
    public static bool IsWhole { get; } = Environment.GetEnvironmentVariable("MSP_BILLING_SWEEPS") == "all";

    /// <summary>Cases of 0 to, not including, <paramref name="count"/>, evenly spread.</summary>
    /// <param name="usual">How many, unless all are tried.</param>
    public static IEnumerable<int> Of(int count, int usual) => Chosen(count, usual, at => (long)at * (count - 1) / (usual - 1));

    /// <summary>The same, the closer together the nearer they are to the last.</summary>
    public static IEnumerable<int> AtTheEnd(int count, int usual) =>
        Chosen(count, usual, at => count - 1 - ((long)(usual - 1 - at) * (usual - 1 - at) * (count - 1) / ((usual - 1) * (usual - 1))));

    private static IEnumerable<int> Chosen(int count, int usual, Func<int, long> place) =>
        IsWhole || count <= usual ? Enumerable.Range(0, count) : Enumerable.Range(0, usual).Select(at => (int)place(at));
}
