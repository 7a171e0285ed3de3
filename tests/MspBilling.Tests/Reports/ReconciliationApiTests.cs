using System.Text;
using System.Text.Json;
using MspBilling.Adapters.Storage;
using MspBilling.App.Reports;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Tests.Api;
using MspBilling.Tests.Builders;
using MspBilling.Tests.Invoicing.Runs;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Reports;

/// <summary>A month of three clients reconciled from storage, over HTTP, and in a close.</summary>
public sealed class ReconciliationApiTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Month_OfFourSources_IsReconciledAsByHand()
    {
        await using var storage = await StoredSides.OnAsync(azurite);
        var before = await StorageSnapshot.EverythingAsync(storage);

        var report = await storage.Get<ReconciliationReader>().ReadAsync(Days.September, null, Token);

        Assert.Equal(
            [
                "Atlas Freight BKP OverBilled 3 75.00 EUR, 51.00 USD", // 15 - 12: 3 x 25.00; 3 x 17.00
                "Corrib Foods M365BP UnderBilled 5 132.00 EUR, 90.00 USD", // 45 seats - 40
                "Corrib Foods M365BP UsedBeyondBought 2 52.80 EUR, 36.00 USD", // 47 - 45
                "Corrib Foods Microsoft:CFQ7TTC0LH16:0001 ToConfirm 10 -, 40.00 USD", // 10 x 4.00
                "Moy Dental M365BP EndedStillBought 5 132.00 EUR, 90.00 USD",
                "Moy Dental SRV UnderBilled 1 85.00 EUR, -",
            ],
            report.Exceptions.Select(item => $"{item.ClientName} {item.Product} {new[] { item }.Text()}").Order(StringComparer.Ordinal));
        Assert.Equal(
            [(5, "401.80 EUR", "256.00 USD"), (1, "75.00 EUR", "51.00 USD"), (0, "", "")], // 132.00 + 52.80 + 132.00 + 85.00; 90.00 + 36.00 + 40.00 + 90.00
            report.Totals.Select(side => (side.Exceptions, string.Join(' ', side.Revenue), string.Join(' ', side.Cost))));
        Assert.Equal(Days.On("2024-09-14"), report.Exceptions.First(item => item.Kind == DiscrepancyKind.UnderBilled && item.ClientId == "cw-250").Actions[0].From);
        StorageSnapshot.AssertSame(before, await StorageSnapshot.EverythingAsync(storage));
    }

    [Fact]
    public async Task Reconciliation_OverHttp_IsListedAcceptedAndGone()
    {
        await using var storage = await StoredSides.OnAsync(azurite);
        await using var host = await ServedHost.StartAsync(storage);

        var all = await GetAsync(host, "api/reports/reconciliation?period=2024-09");
        Assert.Equal((6, 6), (all.GetProperty("open").GetInt32(), all.GetProperty("exceptions").GetArrayLength()));
        var first = (await GetAsync(host, "api/reports/reconciliation?period=2024-09&client=cw-251")).GetProperty("exceptions")[0];
        Assert.Equal(
            ("overBilled", "overBilling", 75m, "EUR", "changeQuantity", "4"),
            (first.GetProperty("kind").GetString(), first.GetProperty("side").GetString(), first.GetProperty("revenue").GetProperty("value").GetDecimal(), first.GetProperty("revenue").GetProperty("currency").GetString(),
                first.GetProperty("actions")[0].GetProperty("do").GetString(), first.GetProperty("actions")[0].GetProperty("item").GetString()));
        var csv = (await host.Http.GetStringAsync(new Uri("api/reports/reconciliation.csv?period=2024-09", UriKind.Relative), Token)).Split("\r\n");
        Assert.Equal(8, csv.Length);
        Assert.Contains("2024-09,Atlas Freight,BKP,Managed backup,More invoiced than there is,overBilled,12,,15,15,3,20,75.00,EUR,51.00,USD,", csv[1], StringComparison.Ordinal);

        const string Accept = """{"period":"2024-09","by":"Nora Kelly","accept":[{"client":"cw-251","product":"bkp","kind":"overBilled","until":"2024-12-31","why":"a spare for the move"}]}""";
        var (status, accepted) = await PostAsync(host, Accept);

        Assert.Equal((200, 1, 3m, "BKP"), (status, accepted.GetProperty("changed").GetInt32(), accepted.GetProperty("accepted")[0].GetProperty("upTo").GetDecimal(), accepted.GetProperty("accepted")[0].GetProperty("product").GetString()));
        var now = await GetAsync(host, "api/reports/reconciliation?period=2024-09");
        Assert.Equal((5, "a spare for the move"), (now.GetProperty("open").GetInt32(), now.GetProperty("accepted")[0].GetProperty("why").GetString()));
        var kept = Assert.Single(await storage.Get<RawPayloadStore>().ListAsync(Token));
        Assert.Equal(("acceptances", true), (kept.Format, kept.IsStored));
        var record = Assert.IsType<Acceptance>(Assert.Single(await storage.Get<RecordStore>().ReferencesAsync(RecordKind.Acceptance, Token)));
        Assert.Equal(("cw-251", 3m, Days.On("2024-12-31"), "Nora Kelly"), (record.ClientId, record.UpTo, record.Until!.Value, record.By));

        Assert.Equal(200, (await PostAsync(host, Accept.Replace("\"why\"", "\"upTo\":0,\"why\"", StringComparison.Ordinal))).Status);
        Assert.Equal(6, (await GetAsync(host, "api/reports/reconciliation?period=2024-09")).GetProperty("open").GetInt32());
    }

    [Theory]
    [InlineData("{}", 400, "Say who accepts what, and why")]
    [InlineData("""{"period":"soon","by":"N","accept":[{"client":"cw-251","product":"BKP","kind":"overBilled","why":"w"}]}""", 400, "'soon' is not a period")]
    [InlineData("""{"period":"2024-09","by":"N","accept":[{"client":"cw-251","product":"BKP","kind":"odd","why":"w"}]}""", 400, "accept[0].kind: 'odd' is none of underBilled, overBilled")]
    [InlineData("""{"period":"2024-09","by":"N","accept":[{"client":"cw-251","kind":"overBilled","why":"w"}]}""", 400, "accept[0]: say the client and the product")]
    [InlineData("""{"period":"2024-09","by":"N","accept":[{"client":"cw-251","product":"BKP","kind":"overBilled"}]}""", 422, "accept[0].why: say why")]
    [InlineData("""{"period":"2024-09","by":"N","accept":[{"client":"cw-251","product":"BKP","kind":"overBilled","why":"w","upTo":-1}]}""", 422, "accept[0].upTo: a number of 0 or more")]
    [InlineData("""{"period":"2024-09","by":"N","accept":[{"client":"cw-251","product":"BKP","kind":"overBilled","why":"w","until":"2024-09-01"}]}""", 422, "it would accept nothing")]
    [InlineData("""{"period":"2024-09","by":"N","accept":[{"client":"cw-251","product":"BKP","kind":"underBilled","why":"w"}]}""", 422, "cw-251 has no underBilled of BKP in 2024-09; open are overBilled of BKP.")]
    [InlineData("""{"period":"2024-09","by":"N","accept":[{"client":"cw-251","product":"BKP","kind":"overBilled","why":"w"},{"client":"cw-251","product":"bkp","kind":"overBilled","why":"w"}]}""", 422, "accept[1]: overBilled of bkp of cw-251 stands in the list twice.")]
    public async Task Accept_WrongBody_SaysWhatIsWrongAndStoresNothing(string body, int status, string detail)
    {
        await using var storage = await StoredSides.OnAsync(azurite);
        await using var host = await ServedHost.StartAsync(storage);

        var (answered, json) = await PostAsync(host, body);

        Assert.Equal(status, answered);
        Assert.Contains(detail, json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(await storage.Get<RecordStore>().ReferencesAsync(RecordKind.Acceptance, Token));
    }

    [Theory]
    [InlineData("api/reports/reconciliation")]
    [InlineData("api/reports/reconciliation?period=soon")]
    [InlineData("api/reports/reconciliation.csv?period=2024-09&client=cw-9")]
    public async Task Reconciliation_OfWhatIsNot_IsABadRequest(string address)
    {
        await using var storage = await StoredSides.OnAsync(azurite);
        await using var host = await ServedHost.StartAsync(storage);

        using var answer = await host.Http.GetAsync(new Uri(address, UriKind.Relative), Token);

        Assert.Equal(400, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Close_WithExceptions_TellsThemAndClosesAgainAsBefore()
    {
        await using var storage = await StoredSides.OnAsync(azurite);

        await SampleRun.CloseAsync(storage);

        var open = Unreconciled.Of(await SampleRun.ListAsync<ClientOutcome>(storage))!;
        Assert.Equal((6, "476.80 EUR 40.00 USD"), (open.Exceptions, string.Join(' ', open.Worth))); // 401.80 + 75.00; 40.00 of the one without a price
        await using var host = await ServedHost.StartAsync(storage);
        Assert.Equal(6, (await GetAsync(host, "api/runs/2024-09")).GetProperty("reconciliation").GetProperty("exceptions").GetInt32());
        Assert.Equal(3, (await SampleRun.ListAsync<IssuedInvoice>(storage)).Count);
    }

    [Fact]
    public async Task Close_ThatHoldsUntilReconciled_BillsAClientWhenItsExceptionsAreAccepted()
    {
        await using var storage = await StoredSides.OnAsync(azurite, ReconciliationSettings.Default with { HoldUntilReconciled = true });

        await SampleRun.CloseAsync(storage);

        Assert.Empty(await SampleRun.ListAsync<IssuedInvoice>(storage));
        var held = (await SampleRun.ListAsync<ClientOutcome>(storage)).Single(outcome => outcome.ClientId == "cw-251");
        Assert.Equal((ClientState.Quarantined, "1 exception of the reconciliation is open, worth 75.00 EUR a month. Settle or accept them, then close again."), (held.State, held.Problem));

        var outcome = await storage.Get<AcceptanceJob>().StoreAsync(Days.September, [new AcceptanceRequest("cw-251", "BKP", DiscrepancyKind.OverBilled, null, null, "spares")], "Nora Kelly", Token);
        Assert.Null(outcome.Problem);
        await SampleRun.CloseAsync(storage);

        var issued = Assert.Single(await SampleRun.ListAsync<IssuedInvoice>(storage));
        Assert.Equal(("cw-251", "HL-000001", 1167m), (issued.ClientId, issued.Number, issued.Net.Amount)); // 30 x 26.40 + 15 x 25.00
    }

    private static async Task<JsonElement> GetAsync(ServedHost host, string address) => JsonDocument.Parse(await host.Http.GetStringAsync(new Uri(address, UriKind.Relative), Token)).RootElement;

    private static async Task<(int Status, JsonElement Json)> PostAsync(ServedHost host, string body)
    {
        using var answer = await host.Http.PostAsync(new Uri("api/reconciliation/accept", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"), Token);
        return ((int)answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement);
    }
}
