using MspBilling.Adapters.Http;

namespace MspBilling.Adapters.Capture.PartnerCenter;

/// <summary>Section <c>Sources:PartnerCenter</c>: a direct partner of Microsoft's (CSP), and what is asked of Microsoft Graph and Partner Center.</summary>
/// <remarks>
/// Everything that is asked for may be asked by the app alone, so that there is no user, no consent of one and no refresh token to keep: the exports take
/// the application permission <c>PartnerBilling.Read.All</c>
/// (<see href="https://learn.microsoft.com/graph/api/partners-billing-unbilledreconciliation-export">Graph</see>), and invoices, customers and subscriptions "both standalone
/// App and App+User credentials" (<see href="https://learn.microsoft.com/partnercenter/developer/get-a-collection-of-invoices">Partner Center</see>). The client secret is a setting,
/// in Azure one that Key Vault holds.
/// </remarks>
public sealed class PartnerCenterOptions
{
    public const string Section = "PartnerCenter";

    internal const string Path = "Sources:" + Section + ":";

    /// <summary>The partner's tenant, as an id or a domain.</summary>
    public string TenantId { get; set; } = "";

    public string ClientId { get; set; } = "";

    public string ClientSecret { get; set; } = "";

    /// <summary>The currencies that Microsoft bills the partner in: what is unbilled is asked for by currency.</summary>
    public IReadOnlyList<string> Currencies { get; set; } = [];

    /// <summary>How many months are pulled each time, with the current one: credit notes and new invoices of a month change it.</summary>
    public int Months { get; set; } = 3;

    /// <summary>Usage takes a day to appear, so that asking each quarter of an hour tells nothing new.</summary>
    public int RefreshHours { get; set; } = 6;

    /// <summary>Subscriptions in these states count their licences; Microsoft bills what is suspended until its term ends.</summary>
    public IReadOnlyList<string> CountedStates { get; set; } = [];

    /// <summary>For how long an export is waited for.</summary>
    public int ExportMinutes { get; set; } = 60;

    /// <summary>How often an export that fails is asked for in all.</summary>
    public int ExportTries { get; set; } = 3;

    /// <summary>Between two looks at an export, where Microsoft names no time.</summary>
    public TimeSpan PollPause { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Customers and invoices of one answer.</summary>
    public int PageSize { get; set; } = 500;

    public string AuthUrl { get; set; } = "https://login.microsoftonline.com";

    public string GraphUrl { get; set; } = "https://graph.microsoft.com/v1.0";

    public string GraphScope { get; set; } = "https://graph.microsoft.com/.default";

    public string PartnerUrl { get; set; } = "https://api.partnercenter.microsoft.com/v1";

    public string PartnerScope { get; set; } = "https://api.partnercenter.microsoft.com/.default";

    /// <summary>Partner Center allows 500 requests a minute (<see href="https://learn.microsoft.com/partnercenter/developer/subscription-resources">subscriptions</see>).</summary>
    public VendorLimits Http { get; set; } = new() { PerMinute = 300, Concurrent = 2, Timeout = TimeSpan.FromMinutes(5) };

    internal IReadOnlyList<string> StatesThatCount => CountedStates.Count > 0 ? CountedStates : ["active", "suspended"];

    /// <summary>What is wrong, each with the setting's name and what to write.</summary>
    internal IEnumerable<string> Problems()
    {
        if (TenantId.Length == 0 || TenantId.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.')))
            yield return Path + "TenantId: write the id of the partner's Microsoft Entra tenant (Partner Center > Account settings > Organization profile).";
        if (IsNoKey(ClientId))
            yield return Path + "ClientId: write the application (client) id of the app registration.";
        if (IsNoKey(ClientSecret))
            yield return Path + "ClientSecret: write the value of a client secret of the app registration; if it is lost or ended, make a new one.";
        if (Currencies.Count == 0 || Currencies.Any(code => !Core.Currency.TryParse(code, out _)))
            yield return Path + "Currencies: write the currencies that Microsoft bills you in, such as Currencies:0 USD.";
        if (Months is < 2 or > 13)
            yield return Path + "Months: write how many months are pulled each time, from 2 to 13.";
        if (RefreshHours is < 1 or > 24)
            yield return Path + "RefreshHours: write a number from 1 to 24.";
        foreach (var problem in LimitProblems().Concat(AddressProblems()))
            yield return problem;
    }

    private IEnumerable<string> LimitProblems()
    {
        if (CountedStates.Any(string.IsNullOrWhiteSpace))
            yield return Path + "CountedStates: write states such as active and suspended, or leave them out.";
        if (ExportMinutes is < 1 or > 1440 || ExportTries is < 1 or > 10 || PollPause < TimeSpan.Zero)
            yield return Path + "ExportMinutes, ExportTries, PollPause: write 1 to 1440 minutes, 1 to 10 tries and a pause of 0 or more.";
        if (PageSize is < 1 or > 500)
            yield return Path + "PageSize: write a number from 1 to 500.";
        if (Http.Tries < 1 || Http.TriesOfError500 < 1 || Http.Concurrent < 1 || Http.PerMinute < 1 || Http.Timeout <= TimeSpan.Zero || Http.FirstPause < TimeSpan.Zero || Http.LongestPause < TimeSpan.Zero)
            yield return Path + "Http: write Tries, TriesOfError500, Concurrent and PerMinute of 1 or more, a Timeout above 0 and pauses of 0 or more.";
    }

    private IEnumerable<string> AddressProblems()
    {
        foreach (var (name, address) in new[] { (nameof(AuthUrl), AuthUrl), (nameof(GraphUrl), GraphUrl), (nameof(PartnerUrl), PartnerUrl) })
        {
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Query.Length > 0 || uri.UserInfo.Length > 0 || !(uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback))
                yield return $"{Path}{name}: write an address that begins with https://, or leave it out.";
        }

        if (GraphScope.Length == 0 || PartnerScope.Length == 0)
            yield return Path + "GraphScope, PartnerScope: write the scopes of the tokens, or leave them out.";
    }

    // Blanks and line ends come from copying.
    private static bool IsNoKey(string key) => key.Length == 0 || key.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
}
