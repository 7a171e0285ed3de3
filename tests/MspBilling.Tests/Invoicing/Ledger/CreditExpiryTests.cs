using MspBilling.Core.Documents;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Reports;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;
using static MspBilling.Tests.Builders.Granted;

namespace MspBilling.Tests.Invoicing.Ledger;

/// <summary>500.00 are paid ahead until 31 December; an invoice of 380.00 is paid from it.</summary>
public sealed class CreditExpiryTests
{
    private static readonly Payment Ahead = Credit("ahead", 500, expires: "2024-12-31");

    private static readonly IssuedInvoice Invoice = new(
        "HL-1", Days.September, "cw-250", "Corrib", Days.On("2024-10-01"), Days.On("2024-10-31"), Eur(380), Eur(0), Eur(380), Eur(380), [], "bill", "pdf");

    private static readonly CreditUse Use = CreditUses.Of([Invoice], new Dictionary<string, InvoiceDraft>(), LedgerOf(Ahead), Eur(0).Currency, null, "use", "Ann Lee", "agreed", Days.On("2024-10-20"), Noon).Use!;

    [Theory]
    [InlineData("2024-12-31", 0)]
    [InlineData("2025-01-01", 1)]
    [InlineData("2025-07-09", 1)]
    public void Of_LastDayOver_LeavesOnTheDayAfterIt(string today, int entries)
    {
        var written = CreditExpiries.Of(LedgerOf(Ahead, Use), Days.On(today), Noon);

        Assert.Equal(entries, written.Count);
        Assert.All(written, expiry => Assert.Equal(("ahead/expired", Days.On("2025-01-01"), Eur(120)), (expiry.Id, expiry.Date, Assert.Single(expiry.Draws).Amount)));
        Assert.Equal(entries == 0 ? Eur(120) : Eur(0), LedgerOf([Ahead, Use, .. written]).Credits[0].Left);
        Assert.Empty(CreditExpiries.Of(LedgerOf([Ahead, Use, .. written]), Days.On(today), Noon));
    }

    [Fact]
    public void Of_ShareThatComesBackAfterTheLastDay_LeavesOnThatDay()
    {
        var first = CreditExpiries.Of(LedgerOf(Ahead, Use), Days.On("2025-01-01"), Noon)[0];
        var back = Reversals.Of(LedgerOf(Ahead, Use, first), "use", null, "Ann Lee", "wrong invoice", Days.On("2025-02-10"), Noon).Reversal;

        var second = Assert.Single(CreditExpiries.Of(LedgerOf(Ahead, Use, first, back), Days.On("2025-02-11"), Noon));

        Assert.Equal(("ahead/expired/2", Days.On("2025-02-10"), Eur(380)), (second.Id, second.Date, second.Draws[0].Amount));
    }

    [Fact]
    public void Statement_OfTheYearsTurn_SaysThatCreditExpired()
    {
        var expiry = CreditExpiries.Of(LedgerOf(Ahead, Use), Days.On("2025-01-01"), Noon)[0];

        var account = Assert.Single(ClientStatements.Of(Period.Month(2025, 1), [Invoice], LedgerOf(Ahead, Use, expiry), []));

        // 380.00 - 500.00 = -120.00; the 120.00 are gone.
        Assert.Equal((Eur(-120), Eur(0)), (account.Opening, account.Closing));
        Assert.Equal((StatementEntryKind.CreditExpired, "ahead", Eur(120)), (account.Lines[0].Entry.Kind, account.Lines[0].Entry.Reference, account.Lines[0].Entry.Amount));
    }

    // The bank returns the 500.00: 380.00 are open, and the 120.00 that expired are not owed once more.
    [Fact]
    public void Reverse_PaymentOfWhichPartExpired_OwesWhatItPaid()
    {
        var expiry = CreditExpiries.Of(LedgerOf(Ahead, Use), Days.On("2025-01-01"), Noon)[0];
        var reversal = Reversals.Of(LedgerOf(Ahead, Use, expiry), "ahead", null, "Ann Lee", "returned", Days.On("2025-01-10"), Noon).Reversal;
        var ledger = LedgerOf(Ahead, Use, expiry, reversal);

        Assert.Equal((Eur(380), 0), (Invoice.With(ledger).Balance, ledger.Credits.Count));
        Assert.Equal(Eur(380), Assert.Single(ClientStatements.Of(Period.Month(2025, 1), [Invoice], ledger, [])).Closing);
        Assert.Equal("ahead/expired is a credit that has expired. Bring in what the client keeps as a payment ahead, with an id of its own and a later last day.", Reversals.Of(ledger, "ahead/expired", null, "a", "b", default, Noon).Problem);
    }
}
