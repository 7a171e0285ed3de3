using System.Collections.Frozen;

namespace MspBilling.Core.Documents.EInvoice;

/// <summary>The codes of UN/ECE Recommendation 20 for units of measure as lines name them.</summary>
/// <remarks>Seats, devices, licences and whatever else is counted are <c>C62</c>, one. So is a unit that the table does not know: its name stands in the line's note.</remarks>
public static class UnitCodes
{
    public const string One = "C62";

    private static readonly FrozenDictionary<string, string> ByUnit = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["h"] = "HUR",
        ["hour"] = "HUR",
        ["hours"] = "HUR",
        ["min"] = "MIN",
        ["minute"] = "MIN",
        ["minutes"] = "MIN",
        ["second"] = "SEC",
        ["seconds"] = "SEC",
        ["day"] = "DAY",
        ["days"] = "DAY",
        ["week"] = "WEE",
        ["weeks"] = "WEE",
        ["month"] = "MON",
        ["months"] = "MON",
        ["quarter"] = "QAN",
        ["half-year"] = "SAN",
        ["year"] = "ANN",
        ["years"] = "ANN",
        ["KB"] = "2P",
        ["MB"] = "4L",
        ["GB"] = "E34",
        ["TB"] = "E35",
        ["PB"] = "E36",
        ["km"] = "KMT",
        ["mile"] = "SMI",
        ["miles"] = "SMI",
        ["kWh"] = "KWH",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static string Of(string unit) => ByUnit.GetValueOrDefault(unit, One);

    /// <summary>Whether the code says what the unit is; units that are counted are not lost either.</summary>
    public static bool Says(string unit) => ByUnit.ContainsKey(unit);
}
