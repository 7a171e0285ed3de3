using System.Text.Json;

namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary>What a page says of how it is to be read, where the settings decide it.</summary>
/// <remarks>It stands on each page beside the vendor's rows, so that a page that is read again means what it meant when it was captured.</remarks>
internal sealed record HaloReading
{
    public const string Name = "reading";

    private static readonly Dictionary<string, bool> TravelWords = new() { [HaloPsaOptions.TravelSeparate] = true, [HaloPsaOptions.TravelIncluded] = false };

    /// <summary>For a list as the vendor answers it, without settings.</summary>
    public static HaloReading Usual { get; } = Of(new HaloPsaOptions());

    public required TimeZoneInfo Zone { get; init; }

    public required bool LastDayCounts { get; init; }

    public required IReadOnlyList<string> ClosedStatuses { get; init; }

    public required IReadOnlyList<string> ApprovedStatuses { get; init; }

    public required IReadOnlyList<string> NonBillableChargeRates { get; init; }

    public required IReadOnlyDictionary<string, string> ChargeRateNames { get; init; }

    public required IReadOnlyDictionary<string, string> BillingPeriods { get; init; }

    public required string ContractType { get; init; }

    public required int RollOverPeriods { get; init; }

    public required bool PricedProjectsAreFixedFee { get; init; }

    public required bool AssetsNeedContract { get; init; }

    public required IReadOnlyList<string> InternalClients { get; init; }

    public required bool TravelIsSeparate { get; init; }

    public required string? OwnInvoicePrefix { get; init; }

    public static HaloReading Of(HaloPsaOptions options)
    {
        var periods = new Dictionary<string, string>(HaloPsa.BillingPeriods.Usual, StringComparer.Ordinal);
        foreach (var (number, word) in options.BillingPeriods)
            periods[number] = word;
        return new HaloReading
        {
            Zone = TimeZoneInfo.FindSystemTimeZoneById(options.DateZone),
            LastDayCounts = options.LastDayCounts,
            ClosedStatuses = options.ClosedStatuses.Count > 0 ? Texts(options.ClosedStatuses) : ["9"],
            ApprovedStatuses = Texts(options.ApprovedStatuses),
            NonBillableChargeRates = Texts(options.ZeroChargeRateIsNonBillable ? options.NonBillableChargeRates.Append(0) : options.NonBillableChargeRates),
            ChargeRateNames = options.ChargeRateNames,
            BillingPeriods = periods,
            ContractType = options.ContractType,
            RollOverPeriods = options.RollOverPeriods,
            PricedProjectsAreFixedFee = options.PricedProjectsAreFixedFee,
            AssetsNeedContract = options.AssetsNeedContract,
            InternalClients = Texts(options.InternalClients),
            TravelIsSeparate = options.TravelTime == HaloPsaOptions.TravelSeparate,
            OwnInvoicePrefix = options.OwnInvoicePrefix,
        };
    }

    public static HaloReading Of(JsonRecord json)
    {
        var zoneId = json.Text("zone");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out var zone))
            json.Problem("zone", "a time zone such as Europe/London");
        return new HaloReading
        {
            Zone = zone ?? TimeZoneInfo.Utc,
            LastDayCounts = json.Flag("lastDayCounts"),
            ClosedStatuses = json.Texts("closedStatuses"),
            ApprovedStatuses = json.Texts("approvedStatuses"),
            NonBillableChargeRates = json.Texts("nonBillableChargeRates"),
            ChargeRateNames = Words(json, "chargeRateNames"),
            BillingPeriods = Words(json, "billingPeriods"),
            ContractType = json.Text("contractType"),
            RollOverPeriods = (int)json.Whole("rollOverPeriods", 0, 120),
            PricedProjectsAreFixedFee = json.Flag("pricedProjectsAreFixedFee"),
            AssetsNeedContract = json.Flag("assetsNeedContract"),
            InternalClients = json.Texts("internalClients"),
            TravelIsSeparate = json.Word("travelTime", TravelWords),
            OwnInvoicePrefix = json.OptionalText("ownInvoicePrefix"),
        };
    }

    /// <summary>Whether an invoice's number is one of ours, which does not mean that Halo billed it.</summary>
    public bool IsOurs(string invoiceNumber) => OwnInvoicePrefix is not null && invoiceNumber.StartsWith(OwnInvoicePrefix, StringComparison.OrdinalIgnoreCase);

    public void Write(Utf8JsonWriter page)
    {
        page.WriteStartObject(Name);
        page.WriteString("zone", Zone.Id);
        page.WriteBoolean("lastDayCounts", LastDayCounts);
        Write(page, "closedStatuses", ClosedStatuses);
        Write(page, "approvedStatuses", ApprovedStatuses);
        Write(page, "nonBillableChargeRates", NonBillableChargeRates);
        Write(page, "chargeRateNames", ChargeRateNames);
        Write(page, "billingPeriods", BillingPeriods);
        page.WriteString("contractType", ContractType);
        page.WriteNumber("rollOverPeriods", RollOverPeriods);
        page.WriteBoolean("pricedProjectsAreFixedFee", PricedProjectsAreFixedFee);
        page.WriteBoolean("assetsNeedContract", AssetsNeedContract);
        Write(page, "internalClients", InternalClients);
        page.WriteString("travelTime", TravelIsSeparate ? HaloPsaOptions.TravelSeparate : HaloPsaOptions.TravelIncluded);
        if (OwnInvoicePrefix is not null)
            page.WriteString("ownInvoicePrefix", OwnInvoicePrefix);
        page.WriteEndObject();
    }

    private static List<string> Texts(IEnumerable<long> ids) => [.. ids.Distinct().Order().Select(id => id.ToString(System.Globalization.CultureInfo.InvariantCulture))];

    private static Dictionary<string, string> Words(JsonRecord json, string name) => json.OptionalRecord(name) is { } words
        ? words.Names.ToDictionary(key => key, words.Text, StringComparer.Ordinal)
        : [];

    private static void Write(Utf8JsonWriter page, string name, IEnumerable<string> texts)
    {
        page.WriteStartArray(name);
        foreach (var text in texts)
            page.WriteStringValue(text);
        page.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter page, string name, IReadOnlyDictionary<string, string> words)
    {
        page.WriteStartObject(name);
        foreach (var (key, word) in words.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            page.WriteString(key, word);
        page.WriteEndObject();
    }
}
