using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Invoicing;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Invoicing;

public sealed class InvoicePartsTests
{
    private static readonly PsaAgreement[] Four =
    [
        Records.Agreement("101") with { MonthlyFee = 300, PurchaseOrder = "PO-1", Site = "Cork" },
        Records.Agreement("102") with { MonthlyFee = 700, PurchaseOrder = " PO-1 ", Site = "Galway" },
        Records.Agreement("103") with { MonthlyFee = 40, PurchaseOrder = "PO-2", Site = "Cork" },
        Records.Agreement("104") with { MonthlyFee = 5 },
    ];

    [Theory]
    [InlineData(null, ": 1045.00")]
    [InlineData(InvoiceSplit.Currency, ": 1045.00")]
    [InlineData(InvoiceSplit.Agreement, "101: 300.00, 102: 700.00, 103: 40.00, 104: 5.00")]
    [InlineData(InvoiceSplit.PurchaseOrder, ": 5.00, PO-1: 1000.00, PO-2: 40.00")]
    [InlineData(InvoiceSplit.Site, ": 5.00, Cork: 340.00, Galway: 700.00")]
    public void Bill_Split_HasAnInvoiceForEach(InvoiceSplit? split, string invoices) => Assert.Equal(invoices, Text(Month(split, Four).Bill()));

    [Fact]
    public void Bill_ByPurchaseOrder_NamesOneOrderOnEach() =>
        Assert.Equal([null, "PO-1", "PO-2"], Month(InvoiceSplit.PurchaseOrder, Four).Bill().Invoices.Select(invoice => invoice.PurchaseOrder?.Split(", ")[0]));

    [Fact]
    public void Bill_ClientsOwnSplit_GoesBeforeTheMsps()
    {
        var month = Month(InvoiceSplit.Agreement, Four);
        var settings = month.Settings with { Clients = [new ClientSettings("CO250") { Billing = new BillingSettings { Split = InvoiceSplit.Site } }] };

        Assert.Equal(": 5.00, Cork: 340.00, Galway: 700.00", Text((month with { Settings = settings }).Bill()));
    }

    [Fact]
    public void Bill_TwoCurrencies_AreSplitEach()
    {
        var month = Month(InvoiceSplit.Site, [.. Four, Records.Agreement("105") with { MonthlyFee = 20, CurrencyName = "US Dollar", Site = "Cork" }]);

        Assert.Equal([(EUR, null), (EUR, "Cork"), (EUR, "Galway"), (USD, "Cork")], month.Bill().Invoices.Select(invoice => (invoice.Currency, invoice.Part)));
    }

    // 10.00 off 300.00 and 700.00 is 3.00 and 7.00, whatever invoices they stand on.
    [Fact]
    public void Bill_DiscountOnTheInvoice_IsSharedByAll()
    {
        DiscountLine ten = new() { Id = "ten", Service = "Loyalty", Description = "Loyalty", Amount = 10, Scope = DiscountScope.Invoice };
        var month = Month(InvoiceSplit.Agreement, [Four[0], Four[1] with { TypeName = "Silver" }]);
        month = month with { Lines = [Lines.Fee(), ten], Settings = month.Settings with { AgreementTypes = [new AgreementType("Silver", [Lines.Fee()])] } };

        var bill = month.Bill();

        Assert.Equal([Eur(3), Eur(7)], bill.Invoices.Select(invoice => invoice.Discount));
        Assert.Equal(Eur(990), bill.Invoices.Select(invoice => invoice.Net).Aggregate((sum, net) => sum + net));
    }

    // 0.02 at 23 % is 0.0046 each, and 0.0092 together: tax is that of each document.
    [Fact]
    public void Bill_Split_TaxesEachDocument()
    {
        PsaAgreement[] two = [Records.Agreement("101") with { MonthlyFee = 0.02m }, Records.Agreement("102") with { MonthlyFee = 0.02m }];

        Assert.Equal([Eur(0), Eur(0)], Month(InvoiceSplit.Agreement, two).Bill().Invoices.Select(invoice => invoice.Tax));
        Assert.Equal([Eur(0.01m)], Month(null, two).Bill().Invoices.Select(invoice => invoice.Tax));
    }

    [Theory]
    [InlineData(500, 80, -20, "101: 480.00, 102: 80.00")]
    [InlineData(80, 500, -20, "101: 80.00, 102: 480.00")]
    [InlineData(40, 50, -60, "102: 30.00")]
    [InlineData(10, -20, -30, "The EUR invoice would be -40.00 EUR.")]
    [InlineData(-10, -20, -30, "The EUR invoice would be -60.00 EUR.")]
    public void Bill_PartBelowZero_StandsOnTheLargest(int first, int second, int third, string expected)
    {
        var month = Month(InvoiceSplit.Agreement, [Records.Agreement("101"), Records.Agreement("102"), Records.Agreement("103")]) with { Lines = [Lines.Additions()] };

        var bill = month.Bill(Records.Addition("1", 1, first), Records.Addition("2", 1, second) with { AgreementId = "102" }, Records.Addition("3", 1, third) with { AgreementId = "103" });

        Assert.Equal(expected, bill.Problem ?? Text(bill));
    }

    [Theory]
    [InlineData(30, null)]
    [InlineData(31, "It would be 31 invoices, and 30 can be issued to a client at once. Have them split by purchase order or site, or not at all.")]
    public void Bill_MoreThanATransactionTakes_IsHeld(int agreements, string? problem)
    {
        var month = Month(InvoiceSplit.Agreement, [.. Enumerable.Range(0, agreements).Select(i => Records.Agreement($"{200 + i}") with { MonthlyFee = 1 })]);

        var bill = month.Bill();

        Assert.Equal((problem, problem is null ? agreements : 0), (bill.Problem, bill.Invoices.Count));
    }

    [Fact]
    public void Bill_Split_KeepsThePartsWithTheDeviationAndTheHistoryOfAll()
    {
        var bill = Month(InvoiceSplit.Agreement, Four).Bill();
        var directory = Month(InvoiceSplit.Agreement, Four).Directory;
        var agreements = directory.AgreementsOf(directory.ClientOf(Records.ClientId).Client!);
        var history = InvoicedHistory.After(null, bill, agreements);

        Assert.Equal(1045, Assert.Single(history.Periods).Nets.Sum(net => net.Amount));
        var october = bill with { Period = Core.Time.Period.Month(2024, 10) };
        var settings = directory.Settings with { Issue = IssueSettings.Default with { Deviation = new DeviationBound(1, null, 3) } };
        var before = ClientOutcome.Of(bill, ClientState.Issued, "hash", null) with { History = history };
        Assert.Empty(IssueChecks.Of(new IssueCase(october, ClientDirectory.Of([settings, Records.Company(), .. Four]), [], before)));
    }

    // September: 101 on HL-000090, 102 on HL-000091. What comes late to 102 names HL-000091 and stands on 102's invoice of October.
    [Fact]
    public void Bill_AdjustmentOfASplitPeriod_NamesItsOwnInvoiceAndStandsWithItsAgreement()
    {
        var split = Month(InvoiceSplit.Agreement, [Records.Agreement("101") with { MonthlyFee = 10 }, Records.Agreement("102") with { MonthlyFee = 20 }]) with
        {
            Lines = [Lines.Fee(), Lines.Time()],
            References = [Records.Role("1", 95)],
        };
        var months = new MonthByMonth();
        months.Close(split);

        var october = months.Close(split with { Period = Core.Time.Period.Month(2024, 10) }, Records.Time("1", 2) with { AgreementId = "102" });

        Assert.Equal("101: 10.00, 102: 210.00", Text(october));
        Assert.Equal("HL-000091", Assert.Single(october.Invoices[1].Lines, line => line.Adjusts is not null).Adjusts!.Number);
    }

    [Theory]
    [InlineData("102", "102", null)]
    [InlineData(null, null, "Say with \"currency\" and \"part\" which draft is meant: EUR of 101 or EUR of 102 or EUR of 103 or EUR of 104.")]
    [InlineData("999", null, "Say with \"currency\" and \"part\" which draft is meant: EUR of 101 or EUR of 102 or EUR of 103 or EUR of 104.")]
    public void Edit_OfASplitDraft_IsOfThePartThatIsNamed(string? part, string? agreement, string? problem)
    {
        var month = Month(InvoiceSplit.Agreement, Four);
        var request = new App.Invoicing.EditRequest(month.Period, Records.ClientId, null, "EUR", 1, null, null, "Goodwill", -5, null, null, "Ann Lee", "late") { Part = part };

        var (edit, wrong) = request.On(month.Bill(), month.Directory, 0, Days.At("2024-10-02T09:00Z"));

        Assert.Equal((agreement, problem), (edit?.AgreementId, wrong));
    }

    [Fact]
    public void Bill_NotSplit_IsStoredAsItAlwaysWas()
    {
        var json = System.Text.Encoding.UTF8.GetString(RecordJson.Serialize(Month(null, Four).Bill()));

        Assert.DoesNotContain("\"part\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain("\"site\"", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en-IE", "Site: Cork")]
    [InlineData("de-DE", "Standort: Cork")]
    [InlineData("fr-FR", "Site\u00A0: Cork")]
    [InlineData("es-ES", "Sede: Cork")]
    [InlineData("pl-PL", "Lokalizacja: Cork")]
    public void Document_BySite_SaysWhich(string language, string note)
    {
        var month = Month(InvoiceSplit.Site, Four);
        var settings = month.Settings with { DefaultLanguage = language };
        var draft = (month with { Settings = settings }).Bill().DraftOf(EUR, "Cork")!;

        Assert.Equal(note, Assert.Single(App.Documents.PrintedInvoice.Of(settings, draft, "HL-1").Notes));
    }

    private static ClientMonth Month(InvoiceSplit? split, IReadOnlyList<PsaAgreement> agreements) => new()
    {
        Lines = [Lines.Fee()],
        Agreements = agreements,
        Settings = Records.Settings with { Billing = split is null ? null : new BillingSettings { Split = split } },
    };

    private static string Text(ClientBill bill) =>
        string.Join(", ", bill.Invoices.Select(invoice => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{invoice.Part}: {invoice.Net.Amount:0.00}")));
}
