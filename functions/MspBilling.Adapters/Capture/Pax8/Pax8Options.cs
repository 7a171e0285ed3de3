using MspBilling.Adapters.Http;

namespace MspBilling.Adapters.Capture.Pax8;

/// <summary>Section <c>Sources:Pax8</c>: a partner of the marketplace Pax8, by its partner interface (<see href="https://devx.pax8.com/docs"/>).</summary>
public sealed class Pax8Options
{
    public const string Section = "Pax8";

    /// <summary>The most that a page may have (<see href="https://devx.pax8.com/reference"/>, <c>size</c>).</summary>
    public const int MostRecordsAPage = 200;

    internal const string Path = "Sources:" + Section + ":";

    public string ClientId { get; set; } = "";

    public string ClientSecret { get; set; } = "";

    public int PageSize { get; set; } = MostRecordsAPage;

    /// <summary>Invoices of so many days are pulled each time: no list tells which of them changed their state.</summary>
    public int LookBackDays { get; set; } = 100;

    /// <summary>Subscriptions and invoices change seldom, so that asking each quarter of an hour tells nothing new.</summary>
    public int RefreshHours { get; set; } = 6;

    /// <summary>
    /// Whether metered use is taken day by day from the usage lines, a request for each usage summary and day; then what invoices charge in arrears is left out. Else it is
    /// taken from the invoices.
    /// </summary>
    public bool UsageLines { get; set; }

    /// <summary>Usage lines of so many days are pulled each time.</summary>
    public int UsageDays { get; set; } = 35;

    /// <summary>Whether what Pax8 bills the client itself is taken, too.</summary>
    public bool TakesBilledByPax8 { get; set; }

    /// <summary>Subscriptions in these states count; none takes Active, PendingCancel and Activated.</summary>
    public IReadOnlyList<string> CountedStates { get; set; } = [];

    public string BaseUrl { get; set; } = "https://api.pax8.com/v1";

    /// <summary>The partner interface's description gives this; its OAuth block gives <c>https://token-manager.pax8.com/oauth/token</c>.</summary>
    public string TokenUrl { get; set; } = "https://api.pax8.com/v1/token";

    public string Audience { get; set; } = "https://api.pax8.com";

    /// <summary>429 is documented, how many requests are allowed is not (<see href="https://devx.pax8.com/docs/errors"/>); 1,000 a minute are reported.</summary>
    public VendorLimits Http { get; set; } = new() { PerMinute = 600, Concurrent = 2 };

    internal IReadOnlyList<string> StatesThatCount => CountedStates.Count > 0 ? CountedStates : ["Active", "PendingCancel", "Activated"];

    /// <summary>What is wrong, each with the setting's name and what to write.</summary>
    internal IEnumerable<string> Problems()
    {
        if (IsNoKey(ClientId))
            yield return Path + "ClientId: write the client id of the API application (Pax8 > Integrations > API Credentials).";
        if (IsNoKey(ClientSecret))
            yield return Path + "ClientSecret: write the client secret of the API application; if it is lost, make a new one.";
        if (PageSize is < 1 or > MostRecordsAPage)
            yield return Path + "PageSize: write a number from 1 to 200.";
        if (LookBackDays is < 31 or > 3660)
            yield return Path + "LookBackDays: write for how many days invoices are pulled each time, from 31 to 3660.";
        if (RefreshHours is < 1 or > 24)
            yield return Path + "RefreshHours: write a number from 1 to 24.";
        if (UsageDays is < 1 or > 366)
            yield return Path + "UsageDays: write for how many days usage lines are pulled each time, from 1 to 366.";
        if (CountedStates.Any(string.IsNullOrWhiteSpace))
            yield return Path + "CountedStates: write states such as Active and Trial, or leave them out.";
        if (string.IsNullOrWhiteSpace(Audience))
            yield return Path + "Audience: write https://api.pax8.com, or leave it out.";
        foreach (var (name, address) in new[] { (nameof(BaseUrl), BaseUrl), (nameof(TokenUrl), TokenUrl) })
        {
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Query.Length > 0 || uri.UserInfo.Length > 0 || !(uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback))
                yield return $"{Path}{name}: write an address that begins with https://, or leave it out.";
        }

        if (Http.Tries < 1 || Http.TriesOfError500 < 1 || Http.Concurrent < 1 || Http.PerMinute < 1 || Http.Timeout <= TimeSpan.Zero || Http.FirstPause < TimeSpan.Zero || Http.LongestPause < TimeSpan.Zero)
            yield return Path + "Http: write Tries, TriesOfError500, Concurrent and PerMinute of 1 or more, a Timeout above 0 and pauses of 0 or more.";
    }

    // Blanks and line ends come from copying.
    private static bool IsNoKey(string key) => key.Length == 0 || key.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
}
