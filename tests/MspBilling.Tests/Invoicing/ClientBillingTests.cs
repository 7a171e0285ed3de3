using MspBilling.Core.Agreements;
using MspBilling.Core.Clients;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Invoicing;

public sealed class ClientBillingTests
{
    private static readonly ClientMonth Month = new()
    {
        Lines = [Lines.Fee("Managed", "Monthly fee"), Lines.Additions("Licences"), Lines.Time("Support", 0.25m, 0.25m)],
        References = [Records.Role("1", 95)],
    };

    [Fact]
    public void Bill_SmallMonth_AddsUp()
    {
        var month = Month with { Agreements = [Records.Agreement() with { MonthlyFee = 1000, PurchaseOrder = "PO-1" }] };

        var bill = month.Bill(Records.Addition("1", 3, 10.01m), Records.Time("1", 1.5m));

        Assert.Null(bill.Problem);
        var invoice = Assert.Single(bill.Invoices);
        // 1,000.00 + 30.03 + 142.50 = 1,172.53; 23 % = 269.6819.
        Assert.Equal((Eur(1172.53m), Eur(0), Eur(1172.53m), Eur(269.68m), Eur(1442.21m)), (invoice.Gross, invoice.Discount, invoice.Net, invoice.Tax, invoice.Total));
        Assert.Equal((Days.On("2024-10-01"), Days.On("2024-10-31"), "PO-1"), (invoice.InvoiceDate, invoice.DueDate, invoice.PurchaseOrder));
        Assert.Equal(("Corrib Foods", "en-IE"), (invoice.BillTo.Name, invoice.BillTo.Language));
    }

    [Fact]
    public void Bill_NothingCaptured_HasNothingToInvoice()
    {
        var bill = Month.Bill();

        Assert.Equal((null, 0, 0), (bill.Problem, bill.Invoices.Count, bill.Dispositions.Count));
    }

    [Fact]
    public void Bill_EverythingCovered_HasNoInvoice()
    {
        var bill = (Month with { Agreements = [Records.Agreement() with { IncludedHours = 10 }] }).Bill(Records.Time("1", 1));

        Assert.Null(bill.Problem);
        Assert.Empty(bill.Invoices);
        Assert.Equal(DispositionKind.Covered, Assert.Single(bill.Dispositions).Kind);
    }

    [Theory]
    [InlineData("Annually", null, 12000, null, false)]
    [InlineData("BiWeekly", null, 500, null, true)]
    [InlineData("BiWeekly", null, null, null, false)] // no fee, so no cycle of it
    [InlineData("Monthly", "CalendarMonth", 1000, 10, false)]
    [InlineData(null, "ContractYear", 1000, 120, false)]
    [InlineData(null, "Contract2Weeks", 1000, 5, true)]
    public void Bill_AgreementOfACycleInWeeks_IsQuarantined(string? billed, string? hours, int? fee, int? included, bool isQuarantined)
    {
        var agreement = Records.Agreement() with { BillingCycle = billed, IncludedHoursCycle = hours, MonthlyFee = fee, IncludedHours = included };

        Assert.Equal(isQuarantined, (Month with { Agreements = [agreement] }).Bill(Records.Addition("1", 1, 10)).Problem is not null);
        Assert.Null((Month with { Agreements = [agreement with { Term = Days.Between("2023-01-01", "2024-01-01") }] }).Bill().Problem);
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(12, 12)]
    public void Agreement_WhoseHoursRollOver_HasARetainerThatDoes(int? cycles, int rollOver)
    {
        var month = Month with { Agreements = [Records.Agreement() with { IncludedHours = 10, RollOverCycles = cycles }] };

        Assert.Equal(rollOver, Assert.Single(month.Directory.AgreementsOf(month.Client)[0].Versions[0].Lines.OfType<RetainerLine>()).RollOverCycles);
    }

    [Fact]
    public void Bill_FeeThatNoLineBills_IsQuarantined()
    {
        var month = Month with { Lines = [Lines.Additions("Licences")], Agreements = [Records.Agreement() with { MonthlyFee = 1000 }] };

        Assert.Equal(
            "The fee of Gold support would not be billed: its type Gold has no recurring line of a flat quantity without a price. Add one to the type in the settings.",
            month.Bill(Records.Addition("1", 1, 10)).Problem);

        // A flat line with tiers has prices of its own, and does not take the fee.
        Assert.NotNull((month with { Lines = [Lines.Fee() with { Pricing = new PerUnitPrice(10) }] }).Bill().Problem);
    }

    [Fact]
    public void Bill_MilestoneCompletedOnNoKnownDay_IsHeldUntilItIsKnown()
    {
        var milestone = Records.Milestone("1", 500, completedOn: null) with { IsCompleted = true };

        var disposition = Assert.Single((Month with { References = [Records.Project("701")] }).Bill(milestone).Dispositions);

        Assert.Equal((DispositionKind.Held, Reason.MissingCompletionDate, Eur(500)), (disposition.Kind, disposition.Reason, disposition.Value));
        Assert.Empty((Month with { References = [Records.Project("701")] }).Bill(Records.Milestone("1", 500, completedOn: null)).Dispositions);
    }

    [Fact]
    public void Bill_UnknownCompany_IsQuarantined()
    {
        var bill = ClientBilling.Bill(Month.Directory, "cw-999", Days.September, Days.On("2024-10-01"), [Records.Time("1", 1), Records.Device("1")]);

        Assert.Equal("No company is known for cw-999; import the companies.", bill.Problem);
        Assert.Empty(bill.Invoices);
        Assert.All(bill.Dispositions, d => Assert.Equal((DispositionKind.Held, Reason.Quarantined, bill.Problem), (d.Kind, d.Reason, d.Detail)));
        Assert.Equal(2, bill.Dispositions.Count);
    }

    [Fact]
    public void Bill_SameActivityTwice_IsQuarantinedAndNotBilledTwice()
    {
        var bill = Month.Bill(Records.Time("1", 1), Records.Time("1", 1));

        Assert.StartsWith("The books do not balance in", bill.Problem, StringComparison.Ordinal);
        Assert.Empty(bill.Invoices);
        Assert.Equal(2, bill.Dispositions.Count(d => d.Reason == Reason.Quarantined));
    }

    [Theory]
    [InlineData(null, "Corrib Foods has no tax code, and no country that could tell where it is taxed.")]
    [InlineData("FR", "Tax code FR of Corrib Foods is no tax jurisdiction of the settings.")]
    public void Bill_MissingTaxRate_HoldsTheInvoice(string? taxCode, string detail)
    {
        var bill = (Month with { Company = Records.Company() with { TaxCode = taxCode } }).Bill(Records.Time("1", 1), Records.Time("2", 0));

        Assert.Empty(bill.Invoices);
        Assert.Equal(detail, bill.Problem);
        Assert.Equal(
            [(DispositionKind.Held, "missing-tax-rate"), (DispositionKind.NonBillable, "no-time")], bill.Dispositions.Select(d => (d.Kind, d.Reason!.Code)));
    }

    [Fact]
    public void Bill_PricesWithTax_AreTheTotalAndTheServicesAreWithoutIt()
    {
        // 123.00 and 12.30 with 23 % in them: 110.00 and 25.30.
        var settings = Records.Settings with { TaxJurisdictions = [.. Records.Settings.TaxJurisdictions.Select(jurisdiction => jurisdiction with { PricesIncludeTax = true })] };
        var month = Month with { Settings = settings, Agreements = [Records.Agreement() with { MonthlyFee = 123 }] };

        var bill = month.Bill(Records.Addition("1", 1, 12.30m));

        var invoice = Assert.Single(bill.Invoices);
        Assert.Equal((Eur(110), Eur(25.30m), Eur(135.30m)), (invoice.Net, invoice.Tax, invoice.Total));
        var issued = IssuedInvoice.Of("HL-1", bill, invoice, "bill", "pdf");
        Assert.Equal([("Managed", Eur(100)), ("Licences", Eur(10))], issued.Services.Select(service => (service.Service, service.Net)));
    }

    [Fact]
    public void Bill_PaymentTerms_DecideTheDueDate()
    {
        var terms = new PaymentTerms { Due = PaymentDue.EndOfMonth, Days = 15 };
        var month = Month with { Settings = Records.Settings with { DefaultPaymentTerms = terms }, Agreements = [Records.Agreement() with { MonthlyFee = 10 }] };

        var invoice = Assert.Single(month.Bill().Invoices);

        Assert.Equal((terms, Days.On("2024-10-01"), Days.On("2024-11-15")), (invoice.PaymentTerms, invoice.InvoiceDate, invoice.DueDate));
    }

    [Fact]
    public void Bill_TwoCurrencies_AreTwoInvoices()
    {
        var month = Month with { Agreements = [Records.Agreement() with { MonthlyFee = 10 }, Records.Agreement("102") with { MonthlyFee = 20, CurrencyName = "US Dollar" }] };

        Assert.Equal([Eur(12.30m), Usd(24.60m)], month.Bill().Invoices.Select(invoice => invoice.Total));
    }

    [Fact]
    public void Bill_CreditsAboveCharges_IsHeld()
    {
        var bill = Month.Bill(Records.Addition("1", 1, 10), Records.Addition("2", 1, -10.01m));

        Assert.Empty(bill.Invoices);
        Assert.Equal("The EUR invoice would be -0.01 EUR.", bill.Problem);
        Assert.All(bill.Dispositions, d => Assert.Equal((DispositionKind.Held, Reason.NegativeInvoice), (d.Kind, d.Reason)));
    }

    [Fact]
    public void Bill_CreditsEqualCharges_IsAnInvoiceOfZero() =>
        Assert.Equal(Eur(0), Assert.Single(Month.Bill(Records.Addition("1", 1, 10), Records.Addition("2", 1, -10)).Invoices).Total);

    [Fact]
    public void Bill_Inputs_AreEveryRecordThatDecides()
    {
        var inputs = (Month with { Agreements = [Records.Agreement()], References = [Records.Role("1", 95), Records.RoleRate("1", 80), Records.Project("701"), Records.Company("999")] })
            .Bill(Records.Time("1", 1), Records.Milestone("9", 5, completedOn: null)).Inputs;

        Assert.Equal(
            ["MspSettings/settings", "Company/250", "Agreement/101", "AgreementRoleRate/101-1", "WorkRole/1", "Project/701", "Time/1"],
            inputs.Select(input => $"{input.Id.Kind}/{input.Id.ExternalId}"));
    }

    [Fact]
    public void Totals_OfABill_AreByWhatBecameOfIt()
    {
        var bill = (Month with { Agreements = [Records.Agreement() with { IncludedHours = 1 }] })
            .Bill(Records.Time("1", 1.5m), Records.Time("2", 2) with { Status = "Open" }, Records.Time("3", 0.5m) with { Status = "Open" });

        Assert.Equal(
            [(DispositionKind.Billed, 1, 0.5m, "47.50 EUR"), (DispositionKind.Covered, 1, 1m, ""), (DispositionKind.Held, 2, 2.5m, "237.50 EUR")],
            DispositionTotal.Of(bill.Dispositions, bill.Invoices.Select(invoice => invoice.Net)).Select(t => (t.Kind, t.Activities, t.Hours, string.Join(' ', t.Values))));
    }

    [Fact]
    public void IssuedInvoice_OfADraft_HasItsSumsByService()
    {
        var bill = (Month with { Agreements = [Records.Agreement() with { MonthlyFee = 1000 }] }).Bill(Records.Addition("1", 3, 10), Records.Addition("2", 1, 5.50m));

        var issued = IssuedInvoice.Of("HL-000001", bill, bill.Invoices[0], "bill", "pdf");

        // 1,035.50 and 23 % = 238.165.
        Assert.Equal((Eur(1035.50m), Eur(238.17m), Eur(1273.67m), Eur(1273.67m)), (issued.Net, issued.Tax, issued.Total, issued.Balance));
        Assert.Equal([new ServiceTotal("Managed", Eur(1000)), new ServiceTotal("Licences", Eur(35.50m))], issued.Services);
    }
}
