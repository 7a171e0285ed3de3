using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Reports;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Reports;

/// <summary>Which discrepancy it is, by how much, and what it is worth: sold at 26.40 EUR, bought at 18.00 USD.</summary>
public sealed class DiscrepanciesTests
{
    [Theory]
    [InlineData(40, null, null, 40, "")]
    [InlineData(45, null, null, 40, "UnderBilled 5 132.00 EUR, 90.00 USD")] // 5 x 26.40; 5 x 18.00
    [InlineData(40, null, null, 45, "OverBilled 5 132.00 EUR, 90.00 USD")]
    [InlineData(40, 45, null, 40, "UnderBilled 5 132.00 EUR, 90.00 USD")] // seats go before what is billed
    [InlineData(45, 40, null, 40, "")]
    [InlineData(null, 45, null, 40, "UnderBilled 5 132.00 EUR, -")] // nothing was charged, so that no cost is known
    [InlineData(null, null, 47, 40, "UnderBilled 7 184.80 EUR, -")] // 7 x 26.40
    [InlineData(null, null, 40, 47, "OverBilled 7 184.80 EUR, -")]
    [InlineData(45, null, 47, 40, "UnderBilled 5 132.00 EUR, 90.00 USD; UsedBeyondBought 2 52.80 EUR, 36.00 USD")] // 45 - 40; 47 - 45
    [InlineData(40, null, 45, 45, "UsedBeyondBought 5 -, 90.00 USD")] // it is invoiced: to be bought, and not to be invoiced less
    [InlineData(40, null, 43, 45, "OverBilled 2 52.80 EUR, 36.00 USD; UsedBeyondBought 3 -, 54.00 USD")] // 45 - 43; 43 - 40
    [InlineData(40, null, 30, 40, "")] // not all that is bought is in use: no matter of an invoice
    [InlineData(40, null, null, 0, "ZeroQuantity 40 1056.00 EUR, 720.00 USD")] // 40 x 26.40; 40 x 18.00
    [InlineData(null, null, 12, 0, "ZeroQuantity 12 316.80 EUR, -")]
    [InlineData(null, null, null, 0, "")]
    [InlineData(40, null, null, null, "BoughtNotSold 40 -, 720.00 USD")]
    [InlineData(null, null, null, 40, "SoldNotBought 40 1056.00 EUR, -")] // the vendor sells it, and not to this client
    [InlineData(0, null, null, 40, "SoldNotBought 40 1056.00 EUR, -")]
    [InlineData(0, null, null, null, "")]
    public void Product_FourSides_AreToldApartAndPriced(int? billed, int? seats, int? used, int? agreed, string expected)
    {
        var activities = new List<Activity>();
        if (billed is not null)
            activities.Add(Sides.Purchase("p", billed.Value));
        if (seats is not null)
            activities.Add(Sides.Seats("s", seats.Value));
        if (used is not null)
            activities.Add(Sides.InUse("u", used.Value));
        if (agreed is not null)
            activities.Add(Sides.Sold("1", agreed.Value));

        // Where no vendor bills it and something is in use, no vendor is known to sell it.
        var isKnown = billed is not null || seats is not null || used is null;
        var open = Sides.Reconcile(Sides.References(others: isKnown ? [Sides.Product()] : []), activities).Open;

        Assert.Equal(expected, open.Text());
    }

    [Fact]
    public void Quantity_OfPartsOfAUnit_IsComparedExactly() =>
        Assert.Equal("UnderBilled 0.1 2.64 EUR, 1.80 USD", Sides.Reconcile(Sides.Purchase("p", 2.5m), Sides.Sold("1", 2.4m)).Open.Text());

    // A product that no vendor is known to sell is the MSP's own: nothing to compare it with.
    [Fact]
    public void Product_OfTheMspItself_IsComparedWithNothing()
    {
        var reconciled = Sides.Reconcile(Sides.References(), [Sides.Sold("1", 10, sku: "BACKUP", name: "Managed backup")]);

        Assert.Empty(reconciled.Open);
        Assert.Equal((null, null, 10m, 10m), Of(Assert.Single(reconciled.Products)));
    }

    // 40 on the 1st, 5 more on the 14th, 2 given back on the 20th: 43.
    [Fact]
    public void Purchases_OfAMonth_AreAddedUpAndChangedFromTheLastOne()
    {
        var open = Sides.Reconcile(Sides.Purchase("1", 40), Sides.Purchase("2", 5, 9, day: "2024-09-14"), Sides.Purchase("3", -2, 18, day: "2024-09-20"), Sides.Sold("1", 40)).Open;

        Assert.Equal("UnderBilled 3 79.20 EUR, 54.00 USD", open.Text()); // 3 x 26.40; 3 x 18.00, the price of the largest charge
        var change = open[0].Actions[0];
        Assert.Equal((SettlingKind.ChangeQuantity, "101", "1", Days.On("2024-09-20"), 43m), (change.Do, change.AgreementId, change.Item, change.From!.Value, change.Quantity!.Value));
        Assert.Equal(
            "In ConnectWise PSA, on the agreement Gold support, change addition 1 (Microsoft 365 Business Premium) from 40 to 43 from 2024-09-20: end it on the day before and add it with the new quantity.", change.Words);
    }

    [Fact]
    public void Seats_CountedDayByDay_AreThoseOfTheLastDaySinceTheyAreSoMany()
    {
        var open = Sides.Reconcile(
            Sides.Seats("1", 40, "2024-09-10"), Sides.Seats("2", 44, "2024-09-12"), Sides.Seats("3", 30, "2024-09-20"), Sides.Seats("4", 14, "2024-09-20"), Sides.Seats("5", 44, "2024-09-30"), Sides.Sold("1", 40)).Open;

        Assert.Equal("UnderBilled 4 105.60 EUR, -", open.Text()); // 30 + 14 on the 20th are 44, too
        Assert.Equal(Days.On("2024-09-12"), open[0].Actions[0].From);
    }

    // Two additions: the larger one is changed. The month's price is asked for, whatever the cycle.
    [Fact]
    public void Additions_OfAProduct_AreAddedUpAndTheLargerIsChanged()
    {
        var change = Sides.Reconcile(Sides.Purchase("p", 45), Sides.Sold("1", 12), Sides.Sold("2", 30)).Open[0].Actions[0];

        Assert.Equal(("2", 33m, Days.On("2024-09-01")), (change.Item, change.Quantity!.Value, change.From!.Value)); // 45 - 42 = 3 more
    }

    [Theory]
    [InlineData(45, "BilledTwice 5 132.00 EUR, 90.00 USD", "2")] // 45 + 5 - 45: without the second it agrees
    [InlineData(47, "OverBilled 3 79.20 EUR, 54.00 USD", "1")] // 50 - 47 = 3: no item is as small
    [InlineData(44, "BilledTwice 5 132.00 EUR, 90.00 USD; OverBilled 1 26.40 EUR, 18.00 USD", "2")]
    public void Additions_OfWhichOneIsTooMuch_AreBilledTwice(int bought, string expected, string item)
    {
        var open = Sides.Reconcile(Sides.Purchase("p", bought), Sides.Sold("1", 45), Sides.Sold("2", 5)).Open;

        Assert.Equal(expected, open.Text());
        Assert.Equal(item, open[0].Actions[0].Item);
    }

    // Nobody says how many there are, but two additions are alike to the cent.
    [Fact]
    public void Additions_ThatAreAlikeWithoutAReference_AreBilledTwice()
    {
        var alike = new Activity[] { Sides.Sold("1", 10, sku: "BACKUP"), Sides.Sold("2", 10, sku: "BACKUP") };

        Assert.Equal("BilledTwice 10 264.00 EUR, -", Sides.Reconcile(Sides.References(), alike).Open.Text());
        Assert.Empty(Sides.Reconcile(Sides.References(), [alike[0], Sides.Sold("2", 10, sku: "BACKUP", name: "Backup, second site")]).Open);
    }

    // The purchase is passed on by a usage line, and an addition charges it once more.
    [Fact]
    public void Purchase_PassedOnAndSoldAsAnAddition_IsBilledTwice()
    {
        var lines = new AgreementLine[] { Lines.Additions(), Lines.Cloud() with { Conversions = [new ConversionRate(Currencies.USD, 0.9m, Lines.Always)] } };

        Assert.Equal("BilledTwice 40 1056.00 EUR, 720.00 USD", Sides.Reconcile(Sides.References(lines, others: [Sides.Product()]), [Sides.Purchase("p", 40), Sides.Sold("1", 40)]).Open.Text());
        Assert.Empty(Sides.Reconcile(Sides.References(lines), [Sides.Purchase("p", 40)]).Open);
    }

    // Of Microsoft and of Pax8; 40 are sold, which is what Microsoft alone bills.
    [Fact]
    public void Purchases_OfTwoVendors_AreBoughtTwiceWhereOneAgrees()
    {
        var references = Sides.References(others: [Sides.Product(), Sides.Product("PAX-1", source: "Pax8")]);
        var pax = Sides.Purchase("x", 12, 17, "PAX-1", provider: "Pax8");

        Assert.Equal("BoughtTwice 12 -, 216.00 USD", Sides.Reconcile(references, [Sides.Purchase("p", 40), pax, Sides.Sold("1", 40)]).Open.Text()); // 12 x 18.00, at who bills most
        Assert.Equal("UnderBilled 11 290.40 EUR, 198.00 USD", Sides.Reconcile(references, [Sides.Purchase("p", 40), pax, Sides.Sold("1", 41)]).Open.Text()); // 52 - 41
    }

    [Theory]
    [InlineData("2024-08-20")]
    [InlineData("2024-09-20")]
    public void Addition_ThatEnded_IsStillBought(string end)
    {
        var open = Sides.Reconcile(Sides.Purchase("p", 40), Sides.Sold("1", 40) with { InForce = Days.Between("2024-01-01", end) }).Open;

        Assert.Equal("EndedStillBought 40 1056.00 EUR, 720.00 USD", open.Text());
    }

    // Its price is 0 and it costs money, so that rating holds it.
    [Fact]
    public void Addition_ThatIsHeld_IsNotInvoiced()
    {
        var open = Sides.Reconcile(Sides.Purchase("p", 45), Sides.Sold("1", 40, 0) with { UnitCost = 18 }).Open;

        Assert.Equal("HeldNotInvoiced 40 0.00 EUR, 720.00 USD; UnderBilled 5 0.00 EUR, 90.00 USD", open.Text());

        // 40 are held where 30 are bought: no more than those wait to be invoiced.
        Assert.Equal("HeldNotInvoiced 30 0.00 EUR, 540.00 USD", Sides.Reconcile(Sides.Purchase("p", 30), Sides.Sold("1", 40, 0) with { UnitCost = 18 }).Open.Text());
    }

    [Theory]
    [InlineData(BillingOption.NoCharge)]
    [InlineData(BillingOption.DoNotBill)]
    [InlineData(BillingOption.BilledElsewhere)]
    public void Addition_LeftFreeByAPerson_CountsAsInvoiced(BillingOption option) =>
        Assert.Empty(Sides.Reconcile(Sides.Purchase("p", 40), Sides.Sold("1", 40) with { Option = option }).Open);

    [Fact]
    public void Addition_InATrialOrIncluded_CountsAsInvoiced()
    {
        var trial = new AgreementLine[] { Lines.Additions() with { Trial = new Trial(Days.On("2025-01-01")) } };

        Assert.Empty(Sides.Reconcile(Sides.References(trial, others: [Sides.Product()]), [Sides.Purchase("p", 40), Sides.Sold("1", 40)]).Open);
        Assert.Empty(Sides.Reconcile(Sides.Purchase("p", 40), Sides.Sold("1", 40) with { LessIncluded = 10 }).Open);
    }

    // A quarter in arrears from 1 August is not due in September; what is agreed counts all the same. 79.20 a quarter is 26.40 a month.
    [Fact]
    public void Addition_OfACycleThatIsNotDue_CountsAsInvoicedAtItsMonthlyPrice()
    {
        var quarterly = new AgreementLine[] { Lines.Additions() with { CycleMonths = 3, Anchor = Days.On("2024-08-01"), Prices = [new DatedPrice(79.20m, Lines.Always)] } };

        Assert.Equal("UnderBilled 5 132.00 EUR, 90.00 USD", Sides.Reconcile(Sides.References(quarterly, others: [Sides.Product()]), [Sides.Purchase("p", 45), Sides.Sold("1", 40, 1)]).Open.Text());
    }

    // Up to 42 at 30.00, the rest at 20.00: the five more are two of the one and three of the other.
    [Fact]
    public void Addition_PricedByTiers_IsWorthWhatTheTiersMakeOfIt()
    {
        var tiers = new AgreementLine[] { Lines.Additions() with { Pricing = new GraduatedPrice([new Tier(42, 30), new Tier(null, 20)]) } };

        Assert.Equal("UnderBilled 5 120.00 EUR, 90.00 USD", Sides.Reconcile(Sides.References(tiers, others: [Sides.Product()]), [Sides.Purchase("p", 45), Sides.Sold("1", 40)]).Open.Text()); // 2 x 30.00 + 3 x 20.00
    }

    [Fact]
    public void Devices_WithoutAPriceOfTheirOwn_AreComparedWithWhatIsSold()
    {
        var references = Sides.References(others: [Sides.Product("Server", "SRV", "devices")]);
        Activity[] devices = [Records.Device("1"), Records.Device("2"), Records.Device("3") with { IsActive = false }, Records.Device("4") with { IsBilled = false }, Records.Device("5") with { InstalledOn = Days.On("2024-10-02") }];

        Assert.Equal("UnderBilled 1 85.00 EUR, -", Sides.Reconcile(references, [.. devices, Sides.Sold("1", 1, 85, "SRV", "Server care")]).Open.Text());
        Assert.Empty(Sides.Reconcile(Sides.References([Lines.Device("Server", 85)]), devices).Open); // each is invoiced as the device that it is
    }

    // By their largest, 42: that is what is invoiced, though 41 are left at the end.
    [Fact]
    public void Counts_PricedByTheCount_AreInvoicedAsTheirLineSays()
    {
        var counted = Lines.Additions() with { Id = "seats", Quantity = new CountQuantity(Aggregation.Max), Prices = [new DatedPrice(26.40m, Lines.Always)], Match = new ActivityMatch { Skus = [Sides.Sku] } };
        var row = Assert.Single(Sides.Reconcile(Sides.References([counted]), [Sides.InUse("1", 42, "2024-09-10"), Sides.InUse("2", 41)]).Products);

        Assert.Equal((null, 41m, null, 42m), Of(row));
    }

    internal static (decimal?, decimal?, decimal?, decimal) Of(ReconciledProduct row) => (row.Bought, row.InUse, row.Agreed, row.Invoiced);
}
