using MspBilling.Core.Invoicing;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;
using static MspBilling.Tests.Builders.Granted;

namespace MspBilling.Tests.Invoicing.Ledger;

/// <summary>One hour at 100.00 on the agreement 101, dated 1 October: 123.00 with VAT of 23 %.</summary>
public sealed class CreditAtIssueTests
{
    private static readonly InvoiceDraft Draft = Assert.Single(new ClientMonth { Lines = [Lines.Time()], References = [Records.Role("1", 100)] }.Bill(Records.Time("1", 1)).Invoices);

    private static readonly DateOnly Today = Days.On("2024-10-03");

    [Fact]
    public void Draft_Sample_IsTheOneThatIsSpokenOf() => Assert.Equal((Eur(123), Days.On("2024-10-01")), (Draft.Total, Draft.InvoiceDate));

    [Theory]
    [InlineData("ahead 50", "ahead 50")]
    [InlineData("ahead 500", "ahead 123")]
    [InlineData("old 30, late 40 2025-12-31, soon 50 2024-11-30", "soon 50, late 40, old 30")] // 120.00 of 123.00
    [InlineData("old 30, new 40, soon 100 2024-11-30", "soon 100, old 23")]
    [InlineData("gone 80 2024-10-02, last 20 2024-10-03", "last 20")] // its last day is that of the issue
    [InlineData("soon 50 2024-11-30, deposit 60 101", "deposit 60, soon 50")]
    [InlineData("soon 50 2024-11-30, deposit 200 101", "deposit 123")]
    [InlineData("other 60 99, old 30", "old 30")] // a deposit for another agreement
    public void Of_Credits_AreUsedInTheirOrder(string credits, string draws)
    {
        var use = CreditAtIssue.Of("HL-1", Draft, Read(credits), Today, Noon)!;

        Assert.Equal(draws, string.Join(", ", use.Draws.Select(draw => FormattableString.Invariant($"{draw.Credit} {draw.Amount.Amount:0}"))));
        Assert.Equal(("HL-1/credit", Today, LedgerEntry.Program), (use.Id, use.Date, use.By));
        Assert.Equal(use.Draws.Sum(draw => draw.Amount.Amount), Assert.Single(use.Shares).Amount.Amount);
    }

    [Theory]
    [InlineData("")]
    [InlineData("gone 80 2024-10-02")]
    [InlineData("other 60 99")]
    public void Of_NothingThatMayBeUsed_IsNoUse(string credits) => Assert.Null(CreditAtIssue.Of("HL-1", Draft, Read(credits), Today, Noon));

    [Fact]
    public void Of_DaysBeforeTheInvoice_CountsFromTheInvoice() => Assert.Equal(Draft.InvoiceDate, CreditAtIssue.Of("HL-1", Draft, Read("a 1"), Days.On("2024-09-28"), Noon)!.Date);

    // 246.00, of which 123.00 are another agreement's: of a second deposit for the first one 23.00 are used.
    [Fact]
    public void Of_DepositsOfWhichAnotherPaidBefore_PayNoMoreThanTheAgreementHas()
    {
        var two = Draft with { Lines = [Draft.Lines[0], Draft.Lines[0] with { AgreementId = "102" }], LineTaxes = [Draft.LineTaxes[0], Draft.LineTaxes[0]], Taxes = [Draft.Taxes[0] with { Tax = Eur(46) }] };
        var ledger = Read("one 100 101, two 100 101");
        var use = CreditAtIssue.Of("HL-1", two, ledger, Today, Noon)!;

        Assert.Equal((Eur(246), Eur(123)), (two.Total, use.Shares[0].Amount));
        Assert.Equal([Eur(0), Eur(77)], LedgerOf([.. ledger.Entries, use]).Credits.Select(credit => credit.Left));
    }

    [Fact]
    public void Changed_SinceTheDraft_SaysWhy()
    {
        var (one, two) = (Credit("one", 100), Credit("two", 50, expires: "2024-10-02"));
        string? Words(PaidAtIssue[] shown, PaidAtIssue[] paid, bool isAutomatic = true, params LedgerEntry[] since) => CreditAtIssue.Changed(shown, paid, LedgerOf([one, two, .. since]), isAutomatic, Today);
        static PaidAtIssue Paid(string credit, decimal amount) => new(credit, true, null, Eur(amount));
        var reversal = Reversals.Of(LedgerOf(one), "one", null, "Bob Roy", "returned", Today, Noon).Reversal!;
        var use = CreditAtIssue.Of("HL-0", Draft, LedgerOf(one), Today, Noon)!;

        Assert.Null(Words([Paid("one", 100)], [Paid("one", 100)]));
        Assert.Equal("Paid from credit otherwise than the draft showed: 100.00 EUR of one became 0.00 EUR, because Bob Roy reversed it on 2024-10-03: returned.", Words([Paid("one", 100)], [], since: reversal));
        Assert.EndsWith("50.00 EUR of two became 0.00 EUR, because it expired after 2024-10-02.", Words([Paid("two", 50)], []), StringComparison.Ordinal);
        Assert.EndsWith("100.00 EUR of one became 0.00 EUR, because it, or the invoice, was paid otherwise since: Used when HL-0 was issued..", Words([Paid("one", 100)], [], since: use), StringComparison.Ordinal);
        Assert.EndsWith("0.00 EUR of one became 100.00 EUR, because of what came into credit since, paid of 2024-10-01 among it.", Words([], [Paid("one", 100)]), StringComparison.Ordinal);
        Assert.EndsWith("100.00 EUR of one became 0.00 EUR, because the settings leave credit to be used by hand.", Words([Paid("one", 100)], [], isAutomatic: false), StringComparison.Ordinal);
    }

    private static ClientLedger Read(string credits) => new(
    [
        .. credits.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split(' ')).Select(parts => Credit(
            parts[0], decimal.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture),
            expires: parts.Length > 2 && parts[2].Contains('-', StringComparison.Ordinal) ? parts[2] : null, agreement: parts.Length > 2 && !parts[2].Contains('-', StringComparison.Ordinal) ? parts[2] : null)),
    ]);
}
