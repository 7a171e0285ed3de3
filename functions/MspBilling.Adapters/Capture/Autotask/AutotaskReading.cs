using System.Text.Json;

namespace MspBilling.Adapters.Capture.Autotask;

/// <summary>What the settings say of how Autotask's records are read. It stands in each page, so that a page means later what it meant when it was captured.</summary>
internal sealed record AutotaskReading
{
    public const string Property = "reading";
    public const string HoursWorked = "hoursWorked";
    public const string HoursToBill = "hoursToBill";
    public const string TotalPrices = "Total";
    public const string PerUnitPrices = "PerUnit";
    public const string ActiveDevices = "Active";
    public const string DevicesUnderContract = "UnderContract";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public required bool TakesHoursToBill { get; init; }

    public required bool PricesArePerUnit { get; init; }

    public required bool DevicesNeedContract { get; init; }

    public required string TimeZone { get; init; }

    public required string? Currency { get; init; }

    public required IReadOnlyDictionary<string, string> Currencies { get; init; }

    public required IReadOnlyDictionary<string, string> TaxCodes { get; init; }

    public required string ExemptTaxCode { get; init; }

    public required IReadOnlyList<string> InternalCompanies { get; init; }

    public required IReadOnlyList<string> FixedPriceContractTypes { get; init; }

    public required IReadOnlyList<string> ReadyMilestoneStatuses { get; init; }

    public required IReadOnlyList<string> BilledMilestoneStatuses { get; init; }

    public required IReadOnlyList<string> InactiveStatuses { get; init; }

    public required IReadOnlyList<string> ClosedTicketStatuses { get; init; }

    public static AutotaskReading Of(AutotaskOptions options) => new()
    {
        TakesHoursToBill = options.Hours == HoursToBill,
        PricesArePerUnit = options.UnitRowPrices == PerUnitPrices,
        DevicesNeedContract = options.Devices == DevicesUnderContract,
        TimeZone = options.TimeZone,
        Currency = options.Currency.Length > 0 ? options.Currency : null,
        Currencies = new SortedDictionary<string, string>(options.Currencies, StringComparer.Ordinal),
        TaxCodes = new SortedDictionary<string, string>(options.TaxCodes, StringComparer.Ordinal),
        ExemptTaxCode = options.ExemptTaxCode,
        InternalCompanies = Or(options.InternalCompanies, "0"),
        FixedPriceContractTypes = Or(options.FixedPriceContractTypes, "Fixed Price"),
        ReadyMilestoneStatuses = Or(options.ReadyMilestoneStatuses, "Ready to Bill"),
        BilledMilestoneStatuses = Or(options.BilledMilestoneStatuses, "Billed"),
        InactiveStatuses = Or(options.InactiveStatuses, "Inactive"),
        ClosedTicketStatuses = Or(options.ClosedTicketStatuses, "Complete"),
    };

    /// <param name="json">Null for a page that was not pulled but written by hand: then the settings' defaults hold.</param>
    public static AutotaskReading Read(JsonRecord? json)
    {
        var usual = Of(new AutotaskOptions());
        return json is null ? usual : new AutotaskReading
        {
            TakesHoursToBill = json.Flag("takesHoursToBill"),
            PricesArePerUnit = json.Flag("pricesArePerUnit"),
            DevicesNeedContract = json.Flag("devicesNeedContract"),
            TimeZone = ZoneIn(json) ?? usual.TimeZone,
            Currency = json.OptionalText("currency"),
            Currencies = Map(json.OptionalRecord("currencies")),
            TaxCodes = Map(json.OptionalRecord("taxCodes")),
            ExemptTaxCode = json.OptionalText("exemptTaxCode") ?? usual.ExemptTaxCode,
            InternalCompanies = Words(json, "internalCompanies", usual.InternalCompanies),
            FixedPriceContractTypes = Words(json, "fixedPriceContractTypes", usual.FixedPriceContractTypes),
            ReadyMilestoneStatuses = Words(json, "readyMilestoneStatuses", usual.ReadyMilestoneStatuses),
            BilledMilestoneStatuses = Words(json, "billedMilestoneStatuses", usual.BilledMilestoneStatuses),
            InactiveStatuses = Words(json, "inactiveStatuses", usual.InactiveStatuses),
            ClosedTicketStatuses = Words(json, "closedTicketStatuses", usual.ClosedTicketStatuses),
        };
    }

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    private static string? ZoneIn(JsonRecord json)
    {
        var zone = json.OptionalText("timeZone");
        if (zone is null || TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            return zone;

        json.Problem("timeZone", "an IANA time zone such as Europe/Dublin");
        return null;
    }

    private static Dictionary<string, string> Map(JsonRecord? json) => json?.Names.ToDictionary(name => name, name => json.Text(name)) ?? [];

    private static IReadOnlyList<string> Words(JsonRecord json, string name, IReadOnlyList<string> usual) => json.Texts(name) is { Count: > 0 } words ? words : usual;

    private static IReadOnlyList<string> Or(IReadOnlyList<string> words, string usual) => words.Count > 0 ? words : [usual];
}
