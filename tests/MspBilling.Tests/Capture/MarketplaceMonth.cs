using System.Text;
using System.Text.Json.Nodes;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.App.Capture;
using MspBilling.App.Invoicing;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;
using MspBilling.Local.Sample;
using MspBilling.Tests.Invoicing.Runs;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Capture;

/// <summary>Two clients of ConnectWise whose cloud charges are marked up, usage by 20 % and all else by 10 %, beside a marketplace that is pulled.</summary>
internal static class MarketplaceMonth
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="accounts">The marketplace's accounts of Contoso and of Fabrikam.</param>
    public static async Task ImportAsync(TestStorage storage, string provider, (string Contoso, string Fabrikam) accounts)
    {
        var settings = JsonNode.Parse(SampleRun.File("msp-settings.json").Content)!.AsObject();
        settings["clients"] = new JsonArray();
        settings["cloudAccounts"] = new JsonArray(Account(provider, accounts.Contoso, "CONTOSO"), Account(provider, accounts.Fabrikam, "FABRIKAM"));
        var company = JsonNode.Parse(SampleRun.File("company-companies.json").Content)!.AsArray()[1]!;
        var reports = await SampleRun.ImportAsync(
            storage,
            [
                File("msp-settings.json", settings),
                File("company-companies.json", new JsonArray(Company(company, 301, "CONTOSO", "Contoso Ltd"), Company(company, 302, "FABRIKAM", "Fabrikam GmbH"))),
                File("agreements.json", new JsonArray(Agreement("CONTOSO"), Agreement("FABRIKAM"))),
            ]);
        Assert.All(reports, report => Assert.Equal(ImportState.Imported, report.State));
    }

    public static async Task<PullReport> PullAsync(TestStorage storage, PullRequest? request = null)
    {
        var report = await storage.Get<PullJob>().RunAsync(storage.Get<IRecordSource>(), request ?? new PullRequest(), Token);
        Assert.All(report.Feeds, feed => Assert.Null(feed.Problem));
        return report;
    }

    public static Task CloseAsync(TestStorage storage, int month) => storage.Get<BillingRunner>().Start(Period.Month(2026, month)).Task;

    /// <summary>The lines of a client's invoices of a month: service, amount, and whether it adjusts an earlier one.</summary>
    public static async Task<IReadOnlyList<string>> LinesAsync(TestStorage storage, int month, int company)
    {
        var client = Core.Clients.Client.IdOf(company.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var outcome = (await storage.Get<BillStore>().OutcomeAsync(Period.Month(2026, month), client, Token))!;
        var bill = await storage.Get<BillStore>().GetBillAsync(Period.Month(2026, month), client, outcome.BillHash, Token);
        Assert.Null(bill.Problem);
        return [.. bill.Invoices.SelectMany(invoice => invoice.Lines).Select(line => $"{line.Service} {line.Amount}{(line.Adjusts is null ? "" : " adjusts")}").Order(StringComparer.Ordinal)];
    }

    /// <summary>The charges that stand of a client's month, without those that are gone: SKU, category, quantity and cost.</summary>
    public static async Task<IReadOnlyList<string>> ChargesAsync(TestStorage storage, int month, int company, bool gone = false)
    {
        var client = Core.Clients.Client.IdOf(company.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var stored = await storage.Get<RecordStore>().ActivitiesAsync(client, Period.Month(2026, month), Token);
        return
        [
            .. stored.Activities.OfType<UsageRecord>().Where(charge => charge.DeletedAt is not null == gone)
                .Select(charge => FormattableString.Invariant($"{charge.Sku} {charge.Category} {charge.Day:MM-dd} {charge.Quantity} {charge.Cost}")).Order(StringComparer.Ordinal),
        ];
    }

    public static async Task AssertVerifiedAsync(TestStorage storage)
    {
        var report = await storage.Get<InvoiceVerification>().RunAsync(Token);
        Assert.Empty(report.Differences);
        Assert.NotEqual(0, report.Invoices);
    }

    /// <summary>What is captured, to the byte, and that nothing waits to be finished.</summary>
    public static async Task<SortedDictionary<string, string>> StoredAsync(TestStorage storage)
    {
        var everything = await StorageSnapshot.EverythingAsync(storage);
        Assert.Empty(await storage.Get<RawPayloadStore>().PendingAsync(Token));
        return new SortedDictionary<string, string>(everything.Where(item => item.Key.Split(':')[0] is "activities" or "references" or "locations").ToDictionary(item => item.Key, item => item.Value), StringComparer.Ordinal);
    }

    private static SampleFile File(string name, JsonNode content) => new(name, Encoding.UTF8.GetBytes(content.ToJsonString()));

    private static JsonObject Account(string provider, string account, string client) => new() { ["provider"] = provider, ["subAccountId"] = account, ["client"] = client };

    private static JsonObject Company(JsonNode sample, int id, string identifier, string name)
    {
        var company = sample.DeepClone().AsObject();
        (company["id"], company["identifier"], company["name"]) = (id, identifier, name);
        return company;
    }

    private static JsonNode Agreement(string client) => JsonNode.Parse($$"""
        {
          "id": "cloud-of-{{client.ToLowerInvariant()}}", "client": "{{client}}", "name": "Cloud", "currency": "USD",
          "versions": [ { "from": "2026-01-01", "lines": [
            { "kind": "usage", "id": "usage", "service": "Azure", "groupBy": "none", "match": { "categories": [ "Usage" ] }, "pricing": { "model": "markup", "percent": 20 }, "creditsLowerUse": true },
            { "kind": "usage", "id": "licences", "service": "Licences", "groupBy": "none", "match": { "categories": [ "Purchase", "Credit", "Adjustment" ] }, "pricing": { "model": "markup", "percent": 10 }, "creditsLowerUse": true } ] } ]
        }
        """)!;
}
