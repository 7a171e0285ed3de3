using MspBilling.Adapters.Agreements;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Reports;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Reports;

/// <summary>What is the same product, what is worth a look, what is accepted, and what settles it.</summary>
public sealed class ReconciliationTests
{
    [Fact]
    public void Product_CalledAlike_IsAskedAboutAndComparedWithNothing()
    {
        var reconciled = Sides.Reconcile(Sides.References(), [Sides.Purchase("p", 45), Sides.Sold("1", 40)]);

        var open = Assert.Single(reconciled.Open);
        Assert.Equal((DiscrepancyKind.ToConfirm, "Microsoft:" + Sides.VendorSku, 45m), (open.Kind, open.Product, open.Difference));
        Assert.Equal([new Suggestion(Sides.Sku, Sides.Name, 100)], open.Suggestions);
        Assert.Equal(new ProductMapping("Microsoft", Sides.VendorSku, Sides.Sku), open.Actions[0].Mapping);
        Assert.Equal([(null, 40m), ((decimal?)45m, null)], reconciled.Products.Select(row => (row.Bought, row.Agreed)));
    }

    [Fact]
    public void Product_CalledLikeNothing_IsBoughtAndNotSold()
    {
        var open = Assert.Single(Sides.Reconcile(Sides.References(), [Sides.Purchase("p", 5, 10, "ACR", "Acronis Cyber Protect"), Sides.Sold("1", 40)]).Open);

        Assert.Equal((DiscrepancyKind.BoughtNotSold, DiscrepancySide.UnderBilling, null, 50m), (open.Kind, open.Side, open.Revenue, open.Cost!.Value.Amount));
        Assert.Equal([SettlingKind.AddToAgreement, SettlingKind.Map, SettlingKind.Accept], open.Actions.Select(action => action.Do));
    }

    [Theory]
    [InlineData("Microsoft", Sides.VendorSku)]
    [InlineData("partnercenter", Sides.VendorSku)] // a source that counts for the vendor
    [InlineData("Microsoft", "cfq7ttc0lchc:0002")]
    public void Mapping_OfAnyOfTheVendorsNames_IsForChargesAndSeats(string source, string from)
    {
        var references = Sides.References(others: [Sides.Product(from, source: source)]);

        var row = Assert.Single(Sides.Reconcile(references, [Sides.Purchase("p", 45), Sides.Seats("s", 41), Sides.Sold("1", 40)]).Products);

        Assert.Equal((41m, 40m, 45m), (row.Bought, row.Agreed, row.Vendors[0].Billed));
    }

    [Fact]
    public void Product_OfTheSameSku_IsTheSame() =>
        Assert.Equal("UnderBilled 5 132.00 EUR, 90.00 USD", Sides.Reconcile(Sides.References(), [Sides.Purchase("p", 45, sku: "m365bp"), Sides.Sold("1", 40)]).Open.Text());

    // Two tools see the same machines: the larger figure holds. Seats of two subscriptions are both there.
    [Fact]
    public void Use_OfTwoSources_IsTheLargerAndOfOneIsTheSum()
    {
        var row = Assert.Single(Sides.Reconcile(Sides.InUse("1", 40), Sides.InUse("2", 2), Sides.InUse("3", 41, source: "edr")).Products);

        Assert.Equal((42m, 2), (row.InUse, row.Used.Count));
    }

    // 5 x 26.40 = 132.00, 5 of 45 = 11.11 %.
    [Theory]
    [InlineData(null, null, 5, null, null, true)]
    [InlineData(null, null, 6, null, null, false)]
    [InlineData(null, null, null, 11, null, true)]
    [InlineData(null, null, null, 12, null, false)]
    [InlineData(null, null, null, null, 132, true)]
    [InlineData(null, null, null, null, 133, false)]
    [InlineData(null, null, 5, 12, 132, false)] // each limit that is given has to be reached
    [InlineData("CO250", null, 6, null, null, false)]
    [InlineData("cw-250", "m365bp", 6, null, null, false)]
    [InlineData("CO999", null, 6, null, null, true)]
    [InlineData(null, "OTHER", 6, null, null, true)]
    public void Threshold_OnADiscrepancy_ListsItOrCountsIt(string? client, string? product, int? quantity, int? percent, int? amount, bool isOpen)
    {
        var settings = ReconciliationSettings.Default with { Thresholds = [new ReconciliationThreshold(client, product, quantity, percent, amount)] };

        var reconciled = Sides.Reconcile(Sides.References(settings: settings, others: [Sides.Product()]), [Sides.Purchase("p", 45), Sides.Sold("1", 40)]);

        Assert.Equal(isOpen ? (1, 0) : (0, 1), (reconciled.Open.Count, reconciled.Below.Count));
        Assert.Equal(isOpen ? null : "132.00 EUR", Below(reconciled));
    }

    // 50 bought and 40 sold: 10 of 50 are 20 %.
    [Theory]
    [InlineData(20, 1)]
    [InlineData(21, 0)]
    public void Threshold_ThatIsJustReached_Lists(int percent, int open)
    {
        var settings = ReconciliationSettings.Default with { Thresholds = [new ReconciliationThreshold(Percent: percent)] };

        Assert.Equal(open, Sides.Reconcile(Sides.References(settings: settings, others: [Sides.Product()]), [Sides.Purchase("p", 50), Sides.Sold("1", 40)]).Open.Count);
    }

    [Fact]
    public void Threshold_ThatSaysMost_Holds()
    {
        ReconciliationThreshold[] all = [new(Quantity: 1), new(Product: Sides.Sku, Quantity: 2), new("CO250", Quantity: 3), new("CO250", Sides.Sku, Quantity: 6)];
        int Open(params ReconciliationThreshold[] thresholds) =>
            Sides.Reconcile(Sides.References(settings: ReconciliationSettings.Default with { Thresholds = thresholds }, others: [Sides.Product()]), [Sides.Purchase("p", 45), Sides.Sold("1", 40)]).Open.Count;

        Assert.Equal([0, 1, 1, 1], [Open(all), Open(all[..3]), Open(all[..2]), Open(all[..1])]);
        Assert.Equal(0, Open([.. all.Reverse()]));

        // The client's, by which 5 are enough, and not the product's.
        Assert.Equal(1, Open(new(Product: Sides.Sku, Quantity: 6), new("CO250", Quantity: 3)));
    }

    [Theory]
    [InlineData(45, 5, null, true)]
    [InlineData(44, 5, null, true)]
    [InlineData(46, 5, null, false)] // it has grown
    [InlineData(45, 5, "2024-09-30", true)]
    [InlineData(45, 5, "2024-09-29", false)] // it is past
    [InlineData(45, 0, null, false)] // it was withdrawn
    [InlineData(30, 50, null, false)] // it is another one: over-billed
    public void Acceptance_OfADifference_HoldsUpToItAndUntilItsDay(int bought, int upTo, string? until, bool isAccepted)
    {
        var references = Sides.References(others: [Sides.Product(), Sides.Accepted("m365bp", DiscrepancyKind.UnderBilled, upTo, until)]);

        var reconciled = Sides.Reconcile(references, [Sides.Purchase("p", bought), Sides.Sold("1", 40)]);

        Assert.Equal(isAccepted ? (0, 1) : (1, 0), (reconciled.Open.Count, reconciled.Accepted.Count));
    }

    // The agreement's own line says 40 from January; 45 are bought, 5 of them since the 14th. What is to be put is taken as it is.
    [Fact]
    public void AgreedQuantity_ThatIsTooSmall_IsChangedByAVersionToPut()
    {
        var line = new RecurringLine
        {
            Id = "seats",
            Service = "Licences",
            Unit = "seat",
            Quantity = new AgreedQuantity([new QuantityStep(Days.On("2024-01-01"), 40), new QuantityStep(Days.On("2025-01-01"), 60)]),
            Prices = [new DatedPrice(26.40m, Lines.Always)],
            Match = new ActivityMatch { Skus = [Sides.Sku] },
        };
        var document = new AgreementDocument
        {
            Id = new RecordId("msp", RecordKind.AgreementDocument, "own"),
            Client = "CO250",
            Name = "Own",
            Currency = Currencies.EUR,
            Versions = [new AgreementVersion(1, Days.From("2024-01-01"), [line], [])],
        };

        var open = Assert.Single(Sides.Reconcile(Sides.References(others: [Sides.Product(), document]), [Sides.Purchase("1", 40), Sides.Purchase("2", 5, day: "2024-09-14")]).Open);

        Assert.Equal("UnderBilled 5 132.00 EUR, 90.00 USD", new[] { open }.Text());
        var given = open.Actions[0].Agreement!;
        Assert.Empty(AgreementChanges.Check(document, given, Days.On("2024-09-01")));
        Assert.Equal("Put the agreement Own with a version that changes its line seats from 40 to 45 from 2024-09-14.", open.Actions[0].Words);
        using var json = new MemoryStream(AgreementWriter.Write(given));
        var read = Assert.IsType<AgreementDocument>(Assert.Single(Adapters.Capture.ImportReader.Read("agreements.json", null, json).Records));
        Assert.Equal([(Days.On("2024-01-01"), 40m), (Days.On("2024-09-14"), 45m), (Days.On("2025-01-01"), 60m)], ((AgreedQuantity)((RecurringLine)read.Versions[1].Lines[0]).Quantity).Steps.Select(step => (step.From, step.Quantity)));
        Assert.Empty(Sides.Reconcile(Sides.References(others: [Sides.Product(), read with { Id = document.Id }]), [Sides.Purchase("1", 40), Sides.Purchase("2", 5, day: "2024-09-14")]).Open);
    }

    // A stored version is never edited: one that begins with the change, or has an end, is left to a person.
    [Theory]
    [InlineData("2024-09-01", null)]
    [InlineData("2024-01-01", "2025-01-01")]
    public void AgreedQuantity_OfAVersionThatCannotBeEnded_IsLeftToAPerson(string from, string? to)
    {
        var line = Lines.Fee() with { Id = Sides.Sku, Quantity = new AgreedQuantity([new QuantityStep(Days.On("2024-01-01"), 40)]), Prices = [new DatedPrice(26.40m, Lines.Always)] };
        var document = new AgreementDocument
        {
            Id = new RecordId("msp", RecordKind.AgreementDocument, "own"),
            Client = "CO250",
            Name = "Own",
            Currency = Currencies.EUR,
            Versions = [new AgreementVersion(1, to is null ? Days.From(from) : Days.Between(from, to), [line], [])],
        };

        var change = Sides.Reconcile(Sides.References(others: [Sides.Product(), document]), [Sides.Purchase("1", 45)]).Open[0].Actions[0];

        Assert.Equal((null, 45m), (change.Agreement, change.Quantity!.Value));
        Assert.Contains("make the version by hand", change.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Bill_ThatCannotBeMade_IsReconciledByWhatIsAgreed()
    {
        var references = Sides.References(others: [Sides.Product()]).Select(record => record is Company company ? company with { TaxCode = "NOWHERE" } : record).ToList();

        Assert.Equal("UnderBilled 5 132.00 EUR, 90.00 USD", Sides.Reconcile(references, [Sides.Purchase("p", 45), Sides.Sold("1", 40)]).Open.Text());
    }

    [Fact]
    public void Msp_Itself_IsNotReconciled()
    {
        var references = Sides.References(others: [Sides.Product()]).Select(record => record is Company company ? company with { IsInternal = true } : record).ToList();

        Assert.Empty(Sides.Reconcile(references, [Sides.Purchase("p", 45), Sides.Sold("1", 40)]).Products);
    }

    private static string? Below(ClientReconciliation reconciled) => ReconciliationReport.Of(Days.September, [reconciled]).Below.Worth is [var worth] ? worth.ToString() : null;
}
