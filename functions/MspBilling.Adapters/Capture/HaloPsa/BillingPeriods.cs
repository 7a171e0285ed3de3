namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary>How often Halo bills: numbers in its records, words and months here.</summary>
/// <remarks>
/// The usual numbers are those of its database's <c>CHBillingPeriod</c> (public report of Halo contracts, stored file 32596838784); the interface's
/// description does not say them, so that a setting goes before. Words of more than a year, and weeks, are no cycle that an agreement can have:
/// they are told as a problem of the agreement where there is a fee.
/// </remarks>
internal static class BillingPeriods
{
    public const string Monthly = "Monthly";

    /// <summary>Months by word; null is no whole number of months.</summary>
    public static IReadOnlyDictionary<string, int?> Months { get; } = new Dictionary<string, int?>(StringComparer.Ordinal)
    {
        ["Weekly"] = null,
        [Monthly] = 1,
        ["Quarterly"] = 3,
        ["HalfYearly"] = 6,
        ["Yearly"] = 12,
        ["Biennial"] = 24,
        ["Triennial"] = 36,
        ["Quadrennial"] = 48,
        ["Quinquennial"] = 60,
    };

    public static IReadOnlyDictionary<string, string> Usual { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["1"] = "Weekly",
        ["2"] = Monthly,
        ["3"] = "Yearly",
        ["4"] = "Quarterly",
        ["5"] = "HalfYearly",
        ["6"] = "Quinquennial",
        ["7"] = "Triennial",
        ["8"] = "Biennial",
        ["9"] = "Quadrennial",
    };
}
