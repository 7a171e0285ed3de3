using System.Globalization;
using System.Text.RegularExpressions;
using MspBilling.Adapters.Http;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary>Section <c>Sources:ConnectWise</c>: where an MSP's ConnectWise PSA is and what is taken from it.</summary>
/// <remarks>The vendor throttles above about 1,000 requests a minute (developer guide, "Rate Limiting"); <see cref="Http"/> stays below.</remarks>
public sealed partial class ConnectWiseOptions
{
    public const string Section = "ConnectWise";

    public const int MostRecordsAPage = 1000;

    /// <summary>Status names of a phase that is completed, where the settings name none.</summary>
    internal static readonly IReadOnlyList<string> UsualCompletedStatuses = ["Completed", "Closed"];

    private const string Path = "Sources:" + Section + ":";

    /// <summary>The host on which people open ConnectWise PSA, such as <c>na.myconnectwise.net</c>; <c>api-</c> is put before cloud hosts.</summary>
    public string Site { get; set; } = "";

    /// <summary>The company that people enter when they sign in.</summary>
    public string CompanyId { get; set; } = "";

    /// <summary>Of the API member's keys.</summary>
    public string PublicKey { get; set; } = "";

    public string PrivateKey { get; set; } = "";

    /// <summary>Of the integration, from developer.connectwise.com.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>ISO 4217; of expenses for which ConnectWise tells no currency.</summary>
    public string Currency { get; set; } = "";

    /// <summary>Which version of the records is asked for in the Accept header, so that an upgrade does not change them.</summary>
    public string ApiVersion { get; set; } = "2019.1";

    /// <summary>Such as <c>v4_6_release</c>; null looks it up, also after an upgrade.</summary>
    public string? Codebase { get; set; }

    /// <summary>The field that a record's last change is asked by; some installations want <c>_info/lastUpdated</c>.</summary>
    public string IncrementalField { get; set; } = "lastUpdated";

    public int PageSize { get; set; } = MostRecordsAPage;

    /// <summary>Which of a time entry's hours are charged: <c>actualHours</c>, <c>hoursBilled</c> or <c>invoiceHours</c>.</summary>
    public string HoursField { get; set; } = TimeEntries.WorkedHours;

    /// <summary>Names of the phase statuses in which a milestone is completed; none takes Completed and Closed.</summary>
    public IReadOnlyList<string> CompletedStatuses { get; set; } = [];

    /// <summary>Where the number of our invoice is written on billed time: <c>internalNotes</c>, or the id of a custom field; null writes nothing.</summary>
    public string? InvoiceReference { get; set; }

    /// <summary>What is received of its callbacks; null receives none.</summary>
    public ConnectWiseWebhookSettings? Webhooks { get; set; }

    public VendorLimits Http { get; set; } = new();

    /// <summary>What is wrong, each with the setting's name and what to write.</summary>
    internal IEnumerable<string> Problems()
    {
        if (!ConnectWiseSite.TryParse(Site, out _))
            yield return Path + "Site: write the host on which ConnectWise PSA is opened, such as na.myconnectwise.net, or its https address without a path.";
        if (!Name().IsMatch(CompanyId))
            yield return Path + "CompanyId: write the company that you enter when you sign in to ConnectWise PSA.";
        if (IsNoKey(PublicKey))
            yield return Path + "PublicKey: write the public key of the API member (System > Members > API Members > API Keys).";
        if (IsNoKey(PrivateKey))
            yield return Path + "PrivateKey: write the private key that was shown when the API member's keys were made; if it is lost, make new keys.";
        if (!Guid.TryParse(ClientId, out _))
            yield return Path + "ClientId: write the client id of the integration, a GUID from developer.connectwise.com/ClientID.";
        if (!Core.Currency.TryParse(Currency, out _))
            yield return Path + "Currency: write the ISO 4217 code of the currency that expenses are in, such as USD.";
        if (!Version().IsMatch(ApiVersion))
            yield return Path + "ApiVersion: write a version such as 2019.1.";
        if (Codebase is not null && !Name().IsMatch(Codebase))
            yield return Path + "Codebase: write a codebase such as v4_6_release, or leave it out to have it looked up.";
        if (!Field().IsMatch(IncrementalField))
            yield return Path + "IncrementalField: write the name of a field, lastUpdated or _info/lastUpdated.";
        if (PageSize is < 1 or > MostRecordsAPage)
            yield return string.Create(CultureInfo.InvariantCulture, $"{Path}PageSize: write a number from 1 to {MostRecordsAPage}.");
        if (!TimeEntries.HoursFields.ContainsKey(HoursField))
            yield return Path + "HoursField: write one of " + string.Join(", ", TimeEntries.HoursFields.Keys) + ".";
        if (CompletedStatuses.Any(string.IsNullOrWhiteSpace))
            yield return Path + "CompletedStatuses: write the names of phase statuses, none of them blank.";
        if (InvoiceReference is not (null or InvoiceReferences.Notes) && !int.TryParse(InvoiceReference, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            yield return Path + "InvoiceReference: write internalNotes or the id of a custom field of time entries, or leave it out to write nothing.";
        if (Http.Tries < 1 || Http.Concurrent < 1 || Http.PerMinute < 1 || Http.Timeout <= TimeSpan.Zero || Http.FirstPause < TimeSpan.Zero || Http.LongestPause < TimeSpan.Zero)
            yield return Path + "Http: write Tries, Concurrent and PerMinute of 1 or more, a Timeout above 0 and pauses of 0 or more.";
        foreach (var problem in Webhooks?.Problems(Path + "Webhooks:") ?? [])
            yield return problem;
    }

    // A colon would end the user's name in the header, and blanks come from copying.
    private static bool IsNoKey(string key) => key.Length == 0 || key.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == ':');

    [GeneratedRegex("^[A-Za-z0-9_.-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex("^[0-9]{4}\\.[0-9]{1,2}$", RegexOptions.CultureInvariant)]
    private static partial Regex Version();

    [GeneratedRegex("^[A-Za-z_]+(/[A-Za-z_]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Field();
}
