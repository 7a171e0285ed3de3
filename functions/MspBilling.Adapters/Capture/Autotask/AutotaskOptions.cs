using System.Globalization;
using MspBilling.Adapters.Http;

namespace MspBilling.Adapters.Capture.Autotask;

/// <summary>Section <c>Sources:Autotask</c>: where an MSP's Autotask PSA is, what is taken from it and how it is read.</summary>
/// <remarks>
/// What decides how records are read stands in each page that is kept (<see cref="AutotaskReading"/>). Autotask answers at most three requests at once
/// per kind of record and tracking id (REST API, "Thread limiting"); <see cref="Http"/> stays below.
/// </remarks>
public sealed class AutotaskOptions
{
    public const string Section = "Autotask";

    /// <summary>Of a query; the vendor's limit.</summary>
    public const int MostRecordsAPage = 500;

    internal const string ZoneLookup = "https://webservices.autotask.net/atservicesrest/";
    internal const string Path = "Sources:" + Section + ":";
    internal const string TimeEntriesAreTrue = "TimeEntries";

    private const string BillingItemsAreTrue = "BillingItems";

    /// <summary>The e-mail address by which the API user signs in.</summary>
    public string UserName { get; set; } = "";

    public string Secret { get; set; } = "";

    /// <summary>The API user's tracking identifier.</summary>
    public string IntegrationCode { get; set; } = "";

    /// <summary>Such as <c>https://webservices3.autotask.net/atservicesrest/</c>; null looks it up by the user's name.</summary>
    public string? ZoneUrl { get; set; }

    /// <summary>Where the zone is looked up.</summary>
    public string ZoneLookupUrl { get; set; } = ZoneLookup;

    /// <summary>Whether time is billed by its entries or by what was posted in Autotask; never by both, which would bill it twice.</summary>
    public string SourceOfTruth { get; set; } = TimeEntriesAreTrue;

    /// <summary>Which hours are charged: <c>hoursWorked</c> or <c>hoursToBill</c>.</summary>
    /// <remarks>
    /// Autotask makes the hours to bill of the hours worked by its own rounding and minimum. Agreements here have a minimum and an
    /// increment, too, and they are applied once: to the hours worked. Who leaves all rounding to Autotask takes its hours to bill, and sets
    /// neither in the agreements.
    /// </remarks>
    public string Hours { get; set; } = AutotaskReading.HoursWorked;

    /// <summary>What the price of a contract service's units is of: <c>Total</c>, of all of them, or <c>PerUnit</c>.</summary>
    public string UnitRowPrices { get; set; } = AutotaskReading.TotalPrices;

    /// <summary>Which devices are counted: <c>Active</c> ones, or those that are <c>UnderContract</c>, too.</summary>
    public string Devices { get; set; } = AutotaskReading.ActiveDevices;

    /// <summary>Of the MSP, an IANA name: time of which Autotask tells only the day is put at its noon.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>ISO 4217; of charges and companies for which <see cref="Currencies"/> has no other.</summary>
    public string Currency { get; set; } = "";

    /// <summary>ISO 4217 codes by Autotask's currency ids, where there is more than one currency.</summary>
    public Dictionary<string, string> Currencies { get; set; } = [];

    /// <summary>Tax codes of the settings by Autotask's tax region ids; others are called "tax region 2".</summary>
    public Dictionary<string, string> TaxCodes { get; set; } = [];

    /// <summary>The tax code of companies that are exempt from tax.</summary>
    public string ExemptTaxCode { get; set; } = "Exempt";

    /// <summary>Ids of the companies that are the MSP itself; none takes 0, which Autotask gives to it.</summary>
    public IReadOnlyList<string> InternalCompanies { get; set; } = [];

    /// <summary>Labels of contract types whose milestones pay for the time; none takes Fixed Price.</summary>
    public IReadOnlyList<string> FixedPriceContractTypes { get; set; } = [];

    /// <summary>Labels of the milestone statuses that may be billed; none takes Ready to Bill.</summary>
    public IReadOnlyList<string> ReadyMilestoneStatuses { get; set; } = [];

    /// <summary>Labels of the milestone statuses that Autotask has billed; none takes Billed.</summary>
    public IReadOnlyList<string> BilledMilestoneStatuses { get; set; } = [];

    /// <summary>Labels of the statuses of blocks of hours that do not count; none takes Inactive.</summary>
    public IReadOnlyList<string> InactiveStatuses { get; set; } = [];

    /// <summary>Labels of the statuses of tickets that are closed; none takes Complete.</summary>
    public IReadOnlyList<string> ClosedTicketStatuses { get; set; } = [];

    /// <summary>How many days back charges and contract units are read again with each pull, as Autotask does not tell when they changed.</summary>
    public int SweepDays { get; set; } = 400;

    /// <summary>How many days back time is read again when its ticket, task or project changed.</summary>
    public int ChangedTicketDays { get; set; } = 62;

    public int PageSize { get; set; } = MostRecordsAPage;

    /// <summary>Of the requests an hour that Autotask allows to all integrations together, the share at which this one waits for the next hour.</summary>
    public decimal HourlyShare { get; set; } = 0.75m;

    /// <summary>Whether our invoice's number is written into the internal notes of the time that it bills.</summary>
    public bool WriteInvoiceReference { get; set; }

    /// <summary>What is received of its webhooks; null receives none.</summary>
    public AutotaskWebhookSettings? Webhooks { get; set; }

    /// <summary>Wrong requests are answered with 500, too, which is therefore tried twice more at most.</summary>
    public VendorLimits Http { get; set; } = new() { Concurrent = 2, PerMinute = 120, FirstPause = TimeSpan.FromSeconds(5), TriesOfError500 = 3 };

    /// <summary>What is wrong, each with the setting's name and what to write.</summary>
    internal IEnumerable<string> Problems()
    {
        if (IsNoHeader(UserName))
            yield return Path + "UserName: write the user name (an e-mail address) of an API user, made under Admin > Resources with the security level API User (system).";
        if (IsNoHeader(Secret))
            yield return Path + "Secret: write the password (secret) of the API user.";
        if (IsNoHeader(IntegrationCode))
            yield return Path + "IntegrationCode: write the tracking identifier of the API user, from the tab API Tracking Identifier.";
        if (ZoneUrl is not null && !AutotaskZone.TryParse(ZoneUrl, out _))
            yield return Path + "ZoneUrl: write an https address such as https://webservices3.autotask.net/atservicesrest/, or leave it out to have it looked up.";
        if (!AutotaskZone.TryParse(ZoneLookupUrl, out _))
            yield return $"{Path}ZoneLookupUrl: write an https address such as {ZoneLookup}, or leave it out.";
        if (SourceOfTruth == BillingItemsAreTrue)
            yield return Path + "SourceOfTruth: BillingItems, what was posted in Autotask, cannot be billed by here. Write TimeEntries, and do not invoice time in Autotask as well.";
        else if (SourceOfTruth != TimeEntriesAreTrue)
            yield return Path + "SourceOfTruth: write TimeEntries.";
        if (Hours is not (AutotaskReading.HoursWorked or AutotaskReading.HoursToBill))
            yield return Path + "Hours: write hoursWorked or hoursToBill.";
        if (UnitRowPrices is not (AutotaskReading.TotalPrices or AutotaskReading.PerUnitPrices))
            yield return Path + "UnitRowPrices: write Total or PerUnit.";
        if (Devices is not (AutotaskReading.ActiveDevices or AutotaskReading.DevicesUnderContract))
            yield return Path + "Devices: write Active or UnderContract.";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
            yield return Path + "TimeZone: write an IANA time zone such as Europe/Dublin.";
        if (!Core.Currency.TryParse(Currency, out _))
            yield return Path + "Currency: write the ISO 4217 code of Autotask's internal currency, such as USD.";
        foreach (var (id, code) in Currencies.Where(each => !IsId(each.Key) || !Core.Currency.TryParse(each.Value, out _)))
            yield return $"{Path}Currencies:{id}: '{code}' is no currency; write the ISO 4217 code of the currency that has this id in Autotask, such as \"2\": \"EUR\".";
        foreach (var id in TaxCodes.Where(each => !IsId(each.Key) || string.IsNullOrWhiteSpace(each.Value)).Select(each => each.Key))
            yield return $"{Path}TaxCodes:{id}: write the tax code of the tax region that has this id in Autotask, such as \"2\": \"IE-VAT\".";
        if (string.IsNullOrWhiteSpace(ExemptTaxCode))
            yield return Path + "ExemptTaxCode: write the tax code of companies that are exempt from tax.";
        if (InternalCompanies.Any(id => !IsId(id)))
            yield return Path + "InternalCompanies: write ids of companies, such as 0.";
        foreach (var name in WordLists().Where(list => list.Words.Any(string.IsNullOrWhiteSpace)).Select(list => list.Name))
            yield return $"{Path}{name}: write labels as they stand in Autotask, none of them blank.";
        if (SweepDays is < 31 or > 3660)
            yield return Path + "SweepDays: write a number from 31 to 3660.";
        if (ChangedTicketDays is < 0 or > 3660)
            yield return Path + "ChangedTicketDays: write a number from 0 to 3660.";
        if (PageSize is < 1 or > MostRecordsAPage)
            yield return string.Create(CultureInfo.InvariantCulture, $"{Path}PageSize: write a number from 1 to {MostRecordsAPage}.");
        if (HourlyShare is <= 0 or > 1)
            yield return Path + "HourlyShare: write a number above 0, at most 1.";
        if (Http.Concurrent is < 1 or > 3)
            yield return Path + "Http:Concurrent: write 1, 2 or 3; Autotask refuses more requests at once.";
        if (Http.Tries < 1 || Http.TriesOfError500 < 1 || Http.PerMinute < 1 || Http.Timeout <= TimeSpan.Zero || Http.FirstPause < TimeSpan.Zero || Http.LongestPause < TimeSpan.Zero)
            yield return Path + "Http: write Tries, TriesOfError500 and PerMinute of 1 or more, a Timeout above 0 and pauses of 0 or more.";
        foreach (var problem in Webhooks?.Problems(Path + "Webhooks:") ?? [])
            yield return problem;
    }

    private IEnumerable<(string Name, IReadOnlyList<string> Words)> WordLists() =>
    [
        (nameof(FixedPriceContractTypes), FixedPriceContractTypes),
        (nameof(ReadyMilestoneStatuses), ReadyMilestoneStatuses),
        (nameof(BilledMilestoneStatuses), BilledMilestoneStatuses),
        (nameof(InactiveStatuses), InactiveStatuses),
        (nameof(ClosedTicketStatuses), ClosedTicketStatuses),
    ];

    // It is sent as a header, and blanks come from copying.
    private static bool IsNoHeader(string text) => string.IsNullOrWhiteSpace(text) || text != text.Trim() || text.Any(char.IsControl);

    private static bool IsId(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
