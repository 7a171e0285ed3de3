using System.Globalization;
using MspBilling.Adapters.Http;

namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary>Section <c>Sources:HaloPsa</c>: where an MSP's HaloPSA is, and how what its interface leaves open is to be read.</summary>
/// <remarks>Halo publishes no request rate (contract notes, section 6); <see cref="Http"/> starts low.</remarks>
public sealed class HaloPsaOptions
{
    public const string Section = "HaloPsa";

    /// <summary>The most that the vendor's documentation allows; some lists answer 50 whatever is asked for.</summary>
    public const int MostRecordsAPage = 100;

    internal const string Path = "Sources:" + Section + ":";
    internal const string FromTimesheetEvents = "TimesheetEvent";
    internal const string FromActions = "Actions";
    internal const string TravelSeparate = "Separate";
    internal const string TravelIncluded = "Included";

    /// <summary>Configuration > Integrations > Halo API, "Resource Server", such as <c>https://acme.halopsa.com/api</c>.</summary>
    public string ResourceUrl { get; set; } = "";

    /// <summary>The same page, "Authorisation Server", such as <c>https://acme.halopsa.com/auth</c>.</summary>
    public string AuthUrl { get; set; } = "";

    /// <summary>The same page, "Tenant"; only where the authorisation server is shared by hosted tenants.</summary>
    public string? Tenant { get; set; }

    public string ClientId { get; set; } = "";

    public string ClientSecret { get; set; } = "";

    public string Scope { get; set; } = "all";

    public int PageSize { get; set; } = 50;

    /// <summary>The field by which pages are ordered, so that what changes meanwhile moves no other record; empty leaves it to the vendor.</summary>
    public string Order { get; set; } = "id";

    /// <summary><c>TimesheetEvent</c>, which is few requests but tells no approval, or <c>Actions</c>, a request for each ticket that changed.</summary>
    public string TimeSource { get; set; } = FromTimesheetEvents;

    /// <summary>Time of so many days is pulled each time, because TimesheetEvent does not tell what changed.</summary>
    public int LookBackDays { get; set; } = 62;

    /// <summary>Days of time that one request asks for.</summary>
    public int WindowDays { get; set; } = 7;

    /// <summary>An IANA zone: dates come without one. Halo stores UTC, older tenants answer in local time.</summary>
    public string DateZone { get; set; } = "UTC";

    /// <summary>Whether a last date, of a contract, a rate or a line, is itself in force.</summary>
    public bool LastDayCounts { get; set; } = true;

    /// <summary>Status ids of closed tickets; none takes 9.</summary>
    public IReadOnlyList<long> ClosedStatuses { get; set; } = [];

    /// <summary>Values of <c>timesheet_approval_status</c> that count as approved; none asks for no approval. Only with the time source Actions.</summary>
    public IReadOnlyList<long> ApprovedStatuses { get; set; } = [];

    /// <summary>Charge rates whose time is not billed. Rate 0, which Halo gives to time without a charge type, is one unless <see cref="ZeroChargeRateIsNonBillable"/> says otherwise.</summary>
    public IReadOnlyList<long> NonBillableChargeRates { get; set; } = [];

    public bool ZeroChargeRateIsNonBillable { get; set; } = true;

    /// <summary>Names of charge rates by their ids; where there are some, Halo's lookup 17 is not asked for them, which takes a permission of its own.</summary>
    public IReadOnlyDictionary<string, string> ChargeRateNames { get; set; } = new Dictionary<string, string>();

    /// <summary>Whether rates are asked for contract by contract; else one list of all is taken to hold the contracts' rates, too.</summary>
    public bool ChargeRatesByContract { get; set; } = true;

    /// <summary>Words for <c>billingperiod</c> and <c>period</c> by their numbers, before the usual ones (<see cref="BillingPeriods"/>).</summary>
    public IReadOnlyDictionary<string, string> BillingPeriods { get; set; } = new Dictionary<string, string>();

    /// <summary>The agreement type of contracts that tell no type.</summary>
    public string ContractType { get; set; } = "HaloPSA contract";

    /// <summary>For how many periods hours roll over where a contract says that they do.</summary>
    public int RollOverPeriods { get; set; } = 12;

    /// <summary>Whether the time of a project with priced milestones is paid by them.</summary>
    public bool PricedProjectsAreFixedFee { get; set; } = true;

    /// <summary>Whether an asset without a contract is not billed.</summary>
    public bool AssetsNeedContract { get; set; }

    /// <summary>Ids of clients that are the MSP itself.</summary>
    public IReadOnlyList<long> InternalClients { get; set; } = [];

    /// <summary><c>Separate</c> where travel comes on top of the time taken, <c>Included</c> where it is part of it.</summary>
    public string TravelTime { get; set; } = TravelSeparate;

    /// <summary>Whether our invoice's number is written on the actions that it bills.</summary>
    public bool WriteInvoiceNumbers { get; set; }

    /// <summary>What our invoices' numbers begin with, so that time that carries one is not taken for billed elsewhere.</summary>
    public string? OwnInvoicePrefix { get; set; }

    /// <summary>What is received of its webhooks; null receives none.</summary>
    public HaloWebhookSettings? Webhooks { get; set; }

    public VendorLimits Http { get; set; } = new() { PerMinute = 60, Concurrent = 2, TriesOfError500 = 3 };

    internal bool IsFromActions => TimeSource == FromActions;

    /// <summary>What is wrong, each with the setting's name and what to write.</summary>
    internal IEnumerable<string> Problems()
    {
        if (!IsAddress(ResourceUrl))
            yield return Path + "ResourceUrl: write the address of the resource server, such as https://acme.halopsa.com/api (Configuration > Integrations > Halo API).";
        if (!IsAddress(AuthUrl))
            yield return Path + "AuthUrl: write the address of the authorisation server, such as https://acme.halopsa.com/auth (Configuration > Integrations > Halo API).";
        if (Tenant is not null && string.IsNullOrWhiteSpace(Tenant))
            yield return Path + "Tenant: write the tenant's name, or leave it out where the authorisation server is your own.";
        if (IsNoKey(ClientId))
            yield return Path + "ClientId: write the client id of the API application (Configuration > Integrations > Halo API > View Applications).";
        if (IsNoKey(ClientSecret))
            yield return Path + "ClientSecret: write the client secret that was shown when the API application was made; if it is lost, make a new one.";
        if (string.IsNullOrWhiteSpace(Scope))
            yield return Path + "Scope: write all, or the permissions that the API application has, such as read:tickets read:customers.";
        foreach (var problem in NumberProblems().Concat(WordProblems()).Concat(Webhooks?.Problems(Path + "Webhooks:") ?? []))
            yield return problem;
    }

    private IEnumerable<string> NumberProblems()
    {
        if (PageSize is < 1 or > MostRecordsAPage)
            yield return string.Create(CultureInfo.InvariantCulture, $"{Path}PageSize: write a number from 1 to {MostRecordsAPage}.");
        if (LookBackDays is < 1 or > 3660)
            yield return Path + "LookBackDays: write the days of time that are pulled each time, from 1 to 3660.";
        if (WindowDays is < 1 or > 366)
            yield return Path + "WindowDays: write the days of time that one request asks for, from 1 to 366.";
        if (RollOverPeriods is < 0 or > 120)
            yield return Path + "RollOverPeriods: write a number from 0 to 120.";
        if (Http.Tries < 1 || Http.TriesOfError500 < 1 || Http.Concurrent < 1 || Http.PerMinute < 1 || Http.Timeout <= TimeSpan.Zero || Http.FirstPause < TimeSpan.Zero || Http.LongestPause < TimeSpan.Zero)
            yield return Path + "Http: write Tries, TriesOfError500, Concurrent and PerMinute of 1 or more, a Timeout above 0 and pauses of 0 or more.";
    }

    private IEnumerable<string> WordProblems()
    {
        if (TimeSource is not (FromTimesheetEvents or FromActions))
            yield return Path + "TimeSource: write TimesheetEvent or Actions.";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(DateZone, out _))
            yield return Path + "DateZone: write a time zone such as UTC or Europe/London.";
        if (TravelTime is not (TravelSeparate or TravelIncluded))
            yield return Path + "TravelTime: write Separate or Included.";
        if (ApprovedStatuses.Count > 0 && !IsFromActions)
            yield return Path + "ApprovedStatuses: TimesheetEvent tells no approval; set TimeSource to Actions, or leave the statuses out to bill time without it.";
        if (ChargeRateNames.Any(name => !IsId(name.Key) || string.IsNullOrWhiteSpace(name.Value)))
            yield return Path + "ChargeRateNames: write names by the charge rates' ids, such as ChargeRateNames:2 Engineer.";
        if (BillingPeriods.FirstOrDefault(period => !IsId(period.Key) || !HaloPsa.BillingPeriods.Months.ContainsKey(period.Value)) is { Key: not null } wrong)
            yield return Path + $"BillingPeriods:{wrong.Key}: write one of {string.Join(", ", HaloPsa.BillingPeriods.Months.Keys)} by the period's number.";
        if (string.IsNullOrWhiteSpace(ContractType))
            yield return Path + "ContractType: write the agreement type of contracts that tell none.";
        if (WriteInvoiceNumbers && (string.IsNullOrWhiteSpace(OwnInvoicePrefix) || !IsFromActions))
            yield return Path + "WriteInvoiceNumbers: write what your invoices' numbers begin with into OwnInvoicePrefix, and set TimeSource to Actions; else time that carries our number would be taken for billed by Halo.";
    }

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Query.Length == 0 && address.Fragment.Length == 0 && address.UserInfo.Length == 0
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    // Blanks and line ends come from copying.
    private static bool IsNoKey(string key) => key.Length == 0 || key.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));

    private static bool IsId(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
}
