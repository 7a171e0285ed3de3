using System.Globalization;
using CsCheck;
using MspBilling.Core;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Invoicing;

/// <summary>Fee 1,000.00, support 6.00 h x 95.00 = 570.00; what an edit puts beside them.</summary>
public sealed class DraftEditsTests
{
    private static readonly ClientMonth Month = new()
    {
        Lines = [Lines.Fee(), Lines.Time()],
        Agreements = [Records.Agreement() with { MonthlyFee = 1000 }],
        References = [Records.Role("1", 95)],
    };

    private static readonly TimeEntry Six = Records.Time("1", 6);

    private static readonly RatedLine Support = Month.Rate(Six).Lines.Single(line => line.Service == "Support");

    public static TheoryData<string, decimal?, decimal?, decimal?, decimal, string> OfALine => new()
    {
        { "amount", -50, null, null, -50, "To 6.00 h, 570.00: -50.00." },
        { "more", 12.5m, null, null, 12.5m, "To 6.00 h, 570.00: 12.50." },
        { "percent", null, -10, null, -57, "-10 % of 570.00 for 6.00 h: -57.00." },
        { "rounded once, half away from zero", null, -33.335m, null, -190.01m, "-33.335 % of 570.00 for 6.00 h: -190.01." }, // 190.0095
        { "to", null, null, 500, -70, "6.00 h comes to 500.00 instead of 570.00: -70.00." },
        { "waived", null, null, 0, -570, "6.00 h comes to 0.00 instead of 570.00: -570.00." },
    };

    [Theory]
    [MemberData(nameof(OfALine))]
    public void OfALine_IsALineBesideIt_WithItsServiceAndDays(string what, decimal? amount, decimal? percent, decimal? to, decimal expected, string sentence)
    {
        var edit = Edits.On(Support, amount, percent, to);
        var draft = Edited(edit).Bill(Six).Invoices.Single();

        var line = draft.Lines.Single(l => l.Edit == edit.Id.ExternalId);
        Assert.Equal((Currencies.Eur(expected), "Support", "Goodwill", Support.ServicePeriod), (line.Amount, line.Service, line.Description, line.ServicePeriod));
        Assert.Equal(sentence.Replace("6.00 h", Support.Description, StringComparison.Ordinal), line.Explanation.Sentence);
        Assert.True(draft.Net == Currencies.Eur(1570 + expected), what);

        // What was rated is as it was.
        Assert.Equal([1000m, 570m], draft.Lines.Where(l => l.Edit is null).Select(l => l.Amount.Amount));
    }

    // 570.00 was edited to come to 500.00; two hours more come to 760.00, and to 500.00 all the same. A fixed amount stays what it is.
    [Fact]
    public void WhenTheDraftIsRatedAnew_PercentAndToFollowAndAmountsStay()
    {
        var month = Edited(Edits.On(Support, to: 500), Edits.On(Support, percent: -10, number: 1), Edits.On(Support, amount: -5, number: 2));

        Assert.Equal([-70m, -57m, -5m], EditsOf(month.Bill(Six)));
        Assert.Equal([-260m, -76m, -5m], EditsOf(month.Bill(Six, Records.Time("2", 2))));
    }

    [Fact]
    public void OfItsOwn_StandsUnderItsServiceInTheDraftsPeriod()
    {
        var line = Edited(Edits.Own(120, "Training")).Bill(Six).Invoices.Single().Lines[^1];

        Assert.Equal(("Training", Currencies.Eur(120), "Gold support", "Agreed for this invoice: 120.00."), (line.Service, line.Amount, line.AgreementName, line.Explanation.Sentence));
        Assert.Equal(Days.September, line.ServicePeriod);
    }

    // 23 % on 1,000.00 - 100.00 and 9 % on 570.00 - 57.00: each part of the discount bears the tax of what it is off.
    [Fact]
    public void OfAll_TaxedInTwoWays_IsSplitAndBearsBoth()
    {
        const string Tables = """
            "taxJurisdictions": [ { "id": "IE", "name": "Ireland", "rates": [ { "name": "VAT", "percent": 23, "from": "2020-01-01" }, { "name": "VAT", "percent": 9, "from": "2020-01-01", "taxCodes": ["low"] } ] } ],
            "serviceTaxCodes": [ { "code": "low", "services": ["Support"] } ]
            """;
        var settings = TaxedSale.Read(Tables);
        var draft = (Edited(Edits.OnAll(-10)) with { Settings = settings, Company = Records.Company() with { TaxCode = "IE" } }).Bill(Six).Invoices.Single();

        Assert.Equal([("Managed services", -100m), ("Support", -57m)], draft.Lines.Where(line => line.Edit is not null).Select(line => (line.Service, line.Amount.Amount)));
        Assert.Equal([(23m, 900m, 207m), (9m, 513m, 46.17m)], draft.Taxes.OrderByDescending(tax => tax.Percent).Select(tax => (tax.Percent, tax.Base.Amount, tax.Tax.Amount)));
        Assert.StartsWith("-10 % of 1,570.00 for Gold support, of which -100.00 for the part of 1,000.00", draft.Lines[2].Explanation.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Withdrawn_ChangesNothing()
    {
        var edit = Edits.Own(-20);

        Assert.Equal(Currencies.Eur(1550), Edited(edit).Bill(Six).Invoices.Single().Net);
        Assert.Equal(Currencies.Eur(1570), Edited(edit, Edits.Withdraw(edit)).Bill(Six).Invoices.Single().Net);
    }

    [Fact]
    public void LineThatIsNotRatedAnyMore_IsLostAndSaid()
    {
        var month = Edited(Edits.On(Support, percent: -10));

        var (lines, lost) = DraftEdits.Of(month.Directory, Records.ClientId, Days.September, month.Rate().Lines);

        Assert.Empty(lines);
        Assert.Equal("Goodwill", Assert.Single(lost).Text);
    }

    [Fact]
    public void OfAnotherPeriodOrClient_IsNotOnTheDraft()
    {
        var edit = Edits.Own(-20);
        Assert.Equal(Currencies.Eur(1570), Edited(edit with { Period = Core.Time.Period.Month(2024, 8) }, edit with { ClientId = "cw-999" }).Bill(Six).Invoices.Single().Net);
    }

    // The bill names the edit: the same records give the same bill, and another edit another.
    [Fact]
    public void TheBill_NamesItsEditsAmongItsInputs()
    {
        var edit = Edits.Own(-20);

        Assert.Contains(RecordVersion.Of(edit), Edited(edit, edit with { Id = DraftEdit.IdOf(Records.ClientId, Days.September, 8), Period = Core.Time.Period.Month(2024, 8) }).Bill(Six).Inputs);
        Assert.Equal(1, Edited(edit, edit with { Id = DraftEdit.IdOf(Records.ClientId, Days.September, 8), Period = Core.Time.Period.Month(2024, 8) }).Bill(Six).Inputs.Count(input => input.Id.Kind == RecordKind.DraftEdit));
    }

    // Two hours come late: 570.00 is reversed and 760.00 billed, and the goodwill of September stays as it was given.
    [Fact]
    public void AfterTheInvoice_LateWorkIsAdjustedAndTheEditStays()
    {
        var months = new MonthByMonth();
        var edited = Edited(Edits.On(Support, percent: -10));
        Assert.Equal(Currencies.Eur(1513), months.Close(edited, Six).Invoices.Single().Net);

        var october = months.Close(edited with { Period = Core.Time.Period.Month(2024, 10) }, Six, Records.Time("2", 2));

        Assert.Equal([1000m, -570m, 760m], october.Invoices.Single().Lines.Select(line => line.Amount.Amount));

        // Looked at once more nothing has changed.
        Assert.Equal([1000m], months.Close(edited with { Period = Core.Time.Period.Month(2024, 11) }, Six, Records.Time("2", 2)).Invoices.Single().Lines.Select(line => line.Amount.Amount));
    }

    // Whatever the lines and the percentage: the parts add up to the percentage of all, rounded once, and none is a minor unit from its own.
    [Fact]
    public void OfAll_AnyLinesAndPercent_AddsUp() => Gen.Select(Gen.Int[-5000, 500_000].Array[1, 6], Gen.Int[-10_000, 10_000]).Sample(
        (cents, hundredths) =>
        {
            var percent = hundredths / 100m;
            IReadOnlyList<RatedLine> lines = [.. cents.Select((cent, i) => Support with { Item = $"{i}", Service = $"service {i % 3}", Amount = new Money(cent / 100m, Currencies.EUR), Sku = $"sku-{i % 2}" })];
            var directory = (Month with { Settings = Month.Settings with { ServiceTaxCodes = [new ServiceTaxCode("a", ["service 0"], []), new ServiceTaxCode("b", ["service 1"], [])] } }).Directory;
            var all = Money.Sum(lines.Select(line => line.Net), Currencies.EUR);

            var made = DraftEdits.Of(directory, [Edits.OnAll(percent)], lines);

            Assert.Equal(made.Lost.Count > 0 ? Money.Zero(Currencies.EUR) : all.Percent(percent), Money.Sum(made.Lines.Select(line => line.Amount), Currencies.EUR));
            Assert.True(made.Lost.Count == 0 || all.IsZero, string.Create(CultureInfo.InvariantCulture, $"{all} lost"));
        },
        iter: 2000);

    private static ClientMonth Edited(params IReadOnlyList<DraftEdit> edits) => Month with { References = [.. Month.References, .. edits] };

    private static IEnumerable<decimal> EditsOf(ClientBill bill) => bill.Invoices.Single().Lines.Where(line => line.Edit is not null).Select(line => line.Amount.Amount);
}
