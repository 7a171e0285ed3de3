using CsCheck;
using MspBilling.Core;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Invoicing.Ledger;

/// <summary>HL-1 has three lines: the fee of 1,000.00, 6.00 h at 95.00 = 570.00 and cloud at 33.33; with VAT of 23 % 1,603.33 + 368.77 = 1,972.10.</summary>
public sealed class CreditingTests
{
    private static readonly DateTimeOffset Noon = new(2024, 10, 20, 12, 0, 0, TimeSpan.Zero);

    private static readonly WholeInvoice Invoice = Issue(1000, Records.Time("1", 6), Records.Usage("2", 33.33m));

    [Fact]
    public void Invoice_Sample_IsTheOneThatIsSpokenOf() => Assert.Equal(
        (3, Eur(1603.33m), Eur(368.77m), Eur(1972.10m)), (Invoice.Draft.Lines.Count, Invoice.Issued.Net, Invoice.Issued.Tax, Invoice.Issued.Total));

    [Fact]
    public void Credit_AllOfIt_TakesBackEachLineAndAllOfTheTax()
    {
        var note = Made(Credit(Ledger(), null));

        Assert.Equal((Eur(1603.33m), Eur(368.77m), Eur(1972.10m)), (note.Net, note.Tax, note.Total));
        Assert.Equal([new InvoiceShare("HL-1", Eur(1972.10m))], note.Shares);
        Assert.Null(note.Grants);
        Assert.Equal(Invoice.Draft.Lines, note.Of(Invoice.Draft).Lines);
        Assert.Equal(note.Total, note.Of(Invoice.Draft).Total);
    }

    [Theory]
    [InlineData(1, null, 1000, 230.00)] // 23 % of 1,000.00
    [InlineData(2, null, 570, 131.10)] // 23 % of 570.00
    [InlineData(3, null, 33.33, 7.67)] // 23 % of 33.33 is 7.6659
    [InlineData(2, 100.0, 100, 23.00)] // 131.10 x 100 / 570
    [InlineData(2, 0.01, 0.01, 0.00)]
    public void Credit_ByLine_HasTheLinesTax(int line, double? amount, decimal net, decimal tax)
    {
        var note = Made(Credit(Ledger(), [new CreditedAmount(line, (decimal?)amount)]));

        Assert.Equal((Eur(net), Eur(tax)), (note.Net, note.Tax));
    }

    [Fact]
    public void Credit_PartsOfALine_GiveBackItsTaxToTheCentWithTheLast()
    {
        var ledger = Ledger();
        var taxes = new List<decimal>();
        foreach (var amount in new decimal?[] { 11.11m, 11.11m, null })
        {
            var note = Made(Credit(ledger, [new CreditedAmount(3, amount)]));
            taxes.Add(note.Tax.Amount);
            ledger = new ClientLedger([.. ledger.Entries, note]);
        }

        // 7.67 in thirds: 2.5567 -> 2.56; 5.1133 -> 5.11 less 2.56; the rest.
        Assert.Equal([2.56m, 2.55m, 2.56m], taxes);
        Assert.Equal("Line 3 (Azure Storage) has nothing left to credit.", Refused(Credit(ledger, [new CreditedAmount(3, null)])));
    }

    [Fact]
    public void Credit_InPart_IsPrintedAsOnePieceOfTheLine()
    {
        var line = Assert.Single(Made(Credit(Ledger(), [new CreditedAmount(2, 100)])).Of(Invoice.Draft).Lines);

        Assert.Equal((1m, "item", 100m, Eur(100)), (line.Quantity, line.Unit, line.UnitPrice.Amount, line.Net));
        Assert.EndsWith("(in part)", line.Description, StringComparison.Ordinal);
        Assert.Empty(line.Details);
    }

    [Theory]
    [InlineData(4, null, "The invoice has no line 4; it has lines 1 to 3.")]
    [InlineData(0, null, "The invoice has no line 0; it has lines 1 to 3.")]
    [InlineData(2, 570.01, "is more than is left of it, 570.00 EUR net.")]
    [InlineData(2, 0.0, "is no amount to credit; it is above 0 and at most 570.00 EUR.")]
    [InlineData(2, -1.0, "is no amount to credit; it is above 0 and at most 570.00 EUR.")]
    [InlineData(2, 1.005, "has more places than EUR has.")]
    public void Credit_WhatTheLineDoesNotHave_IsRefused(int line, double? amount, string words) =>
        Assert.EndsWith(words, Refused(Credit(Ledger(), [new CreditedAmount(line, (decimal?)amount)])), StringComparison.Ordinal);

    [Fact]
    public void Credit_LineTwiceOrNone_IsRefused()
    {
        Assert.EndsWith("is named twice. Name each line once.", Refused(Credit(Ledger(), [new CreditedAmount(1, 1), new CreditedAmount(1, 1)])), StringComparison.Ordinal);
        Assert.StartsWith("Name at least one line", Refused(Credit(Ledger(), [])), StringComparison.Ordinal);
    }

    [Fact]
    public void Credit_AfterAllIsCredited_IsRefused() =>
        Assert.Equal("All of HL-1 is credited already.", Refused(Credit(Ledger(Made(Credit(Ledger(), null))), null)));

    [Fact]
    public void Credit_WhatIsLeft_AfterALineWas_IsTheOthers()
    {
        var rest = Made(Credit(Ledger(Made(Credit(Ledger(), [new CreditedAmount(1, null)]))), null));

        Assert.Equal([1, 2], rest.Lines.Select(line => line.Index));
        Assert.Equal(Eur(1972.10m - 1230), rest.Total);
    }

    [Fact]
    public void Credit_InPartAndRestocking_IsRefusedAndOfAWholeLineIsMade()
    {
        Assert.StartsWith("Line 2 (", Refused(Credit(Ledger(), [new CreditedAmount(2, 100)], restocks: true)), StringComparison.Ordinal);
        Assert.True(Made(Credit(Ledger(), [new CreditedAmount(2, 570), new CreditedAmount(1, null)], restocks: true)).Restocks);
    }

    // A deposit of 200.00 is drawn from 150.00 of work and the fee: its line is below zero.
    [Fact]
    public void Credit_LineBelowZero_IsCreditedWithAllOfTheInvoiceOnly()
    {
        var drawn = Invoice with { Draft = WithLine(Invoice.Draft, -200, -46) };
        drawn = drawn with { Issued = drawn.Issued with { Net = drawn.Draft.Net, Tax = drawn.Draft.Tax, Total = drawn.Draft.Total } };
        var below = drawn.Draft.Numbered.Single(line => line.Place == 3).Number;

        Assert.EndsWith("is below zero, and is credited only with all of the invoice. Leave the lines away to credit all that is left.", Refused(Credit(Ledger(), [new CreditedAmount(below, null)], of: drawn)), StringComparison.Ordinal);
        Assert.Equal(drawn.Issued.Total, Made(Credit(Ledger(), null, of: drawn)).Total);

        // 1,603.33 of the lines above zero is more than the invoice's 1,403.33.
        var above = drawn.Draft.Numbered.Where(line => line.Number != below).Select(line => new CreditedAmount(line.Number, null)).ToList();
        Assert.Equal("1603.33 EUR cannot be credited of HL-1: 1403.33 EUR of it is left, net. Ask for more than 0 and at most that.", Refused(Credit(Ledger(), above, of: drawn)));
    }

    [Fact]
    public void Credit_SameIdWithOtherWords_IsNotTheSame()
    {
        var request = new CreditRequest("a", [new CreditedAmount(2, 100)], false, "Ann Lee", "agreed");
        var note = Made(Crediting.Of(Invoice, Ledger(), request, Days.On("2024-10-20"), Noon));

        Assert.True(Crediting.IsSame(note, Invoice, request));
        Assert.False(Crediting.IsSame(note, Invoice, request with { Lines = [new CreditedAmount(2, 101)] }));
        Assert.False(Crediting.IsSame(note, Invoice, request with { Lines = [new CreditedAmount(3, 100)] }));
        Assert.False(Crediting.IsSame(note, Invoice, request with { Restocks = true }));
        Assert.False(Crediting.IsSame(note, Invoice, request with { Why = "other" }));
    }

    // Whatever is asked for in whatever order: no line, and not the invoice, is ever credited beyond what it has, and all that is left takes back the rest to the cent.
    [Fact]
    public void Credit_AnyRequests_NeverExceedAndTheLastTakesTheRest() => Gen.Select(Gen.Int[1, 3], Gen.Int[1, 120_000]).Array[0, 8].Sample(
        asked =>
        {
            var ledger = Ledger();
            foreach (var (line, cents) in asked)
            {
                if (Credit(ledger, [new CreditedAmount(line, cents / 100m)]).Note is { } note)
                    ledger = Ledger([.. ledger.Entries, note]);
                foreach (var (tax, index) in Invoice.Draft.LineTaxes.Select((tax, index) => (tax, index)))
                {
                    var credited = ledger.NotesOf("HL-1").SelectMany(n => n.Lines).Where(l => l.Index == index).ToList();
                    Assert.True(credited.Sum(l => l.Tax.Net.Amount) <= tax.Net.Amount);
                    Assert.InRange(credited.Sum(l => l.Tax.Tax.Amount), 0, tax.Tax.Amount);
                    Assert.All(credited, l => Assert.False(l.Tax.Tax.IsNegative));
                }
            }

            if (Credit(ledger, null).Note is { } rest)
                ledger = Ledger([.. ledger.Entries, rest]);
            Assert.Equal((Invoice.Issued.Net, Invoice.Issued.Tax), (Eur(ledger.NotesOf("HL-1").Sum(n => n.Net.Amount)), Eur(ledger.NotesOf("HL-1").Sum(n => n.Tax.Amount))));
            Assert.Equal(Invoice.Issued.Total, ledger.SettledOf("HL-1", Currency.Of("EUR")));
        },
        iter: 10_000);

    private static InvoiceDraft WithLine(InvoiceDraft draft, decimal net, decimal tax) => draft with
    {
        Lines = [.. draft.Lines, draft.Lines[0] with { LineId = "deposit", Description = "Deposit drawn", Amount = Eur(net) }],
        LineTaxes = [.. draft.LineTaxes, new LineTax(Eur(net), [new TaxShare(0, Eur(tax))])],
        Taxes = [draft.Taxes[0] with { Base = draft.Taxes[0].Base + Eur(net), Tax = draft.Taxes[0].Tax + Eur(tax) }],
    };

    private static ClientLedger Ledger(params IReadOnlyList<LedgerEntry> entries) => new(entries);

    private static (CreditNote? Note, string? Problem) Credit(ClientLedger ledger, IReadOnlyList<CreditedAmount>? lines, bool restocks = false, WholeInvoice? of = null) =>
        Crediting.Of(of ?? Invoice, ledger, new CreditRequest(null, lines, restocks, "Ann Lee", "agreed"), Days.On("2024-10-20"), Noon);

    private static CreditNote Made((CreditNote? Note, string? Problem) credit)
    {
        Assert.Null(credit.Problem);
        return credit.Note!;
    }

    private static string Refused((CreditNote? Note, string? Problem) credit)
    {
        Assert.Null(credit.Note);
        return credit.Problem!;
    }

    private static WholeInvoice Issue(decimal fee, params IReadOnlyList<Activity> activities)
    {
        var bill = new ClientMonth
        {
            Lines = [Lines.Fee(), Lines.Time(), Lines.Cloud()],
            Agreements = [Records.Agreement() with { MonthlyFee = fee }],
            Settings = Records.Settings with { CloudAccounts = [new CloudAccount("Azure", "sub-1", "CO250")] },
            References = [Records.Role("1", 95)],
        }.Bill(activities);
        var draft = Assert.Single(bill.Invoices);
        return new WholeInvoice(IssuedInvoice.Of("HL-1", bill, draft, "bill", "pdf"), draft);
    }
}
