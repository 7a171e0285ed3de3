using MspBilling.Core.Clients;
using MspBilling.Core.Documents;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Reports;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;
using static MspBilling.Tests.Builders.Granted;

namespace MspBilling.Tests.Invoicing.Ledger;

/// <summary>HL-1 of 1,000.00 was due on 31 January 2023; 400.00 are paid on 10 March.</summary>
public sealed class LateFeeChargeTests
{
    private static readonly DateOnly Always = Days.On("2020-01-01");

    private static readonly Payment March = Paid("march", 400, "2023-03-10");

    [Theory]
    [InlineData("2023-02-27", "")]
    [InlineData("2023-02-28", "2023-02-28 15.00")] // 1.5 % of 1,000.00
    [InlineData("2023-03-31", "2023-02-28 15.00, 2023-03-31 9.00")] // 1.5 % of 600.00
    [InlineData("2023-05-01", "2023-02-28 15.00, 2023-03-31 9.00, 2023-04-30 9.00")]
    public void Of_PercentAMonth_IsOfWhatWasOpenAtTheEndOfItsDay(string until, string fees) => Assert.Equal(fees, Shown(Charged(new LateFee(1.5m, null), LedgerOf(March), until)));

    [Theory]
    [InlineData(0, "2023-02-01 40.00, 2023-02-28 15.00")]
    [InlineData(30, "2023-03-03 55.00")] // after the days of grace, for February too
    public void Of_FlatAndPercent_AddUp(int grace, string fees) => Assert.Equal(fees, Shown(Charged(new LateFee(1.5m, Eur(40), grace), LedgerOf(), "2023-03-05")));

    [Fact]
    public void Of_ChargedFromADayOn_LeavesWhatWasBefore() => Assert.Equal(
        "2023-03-31 9.00", Shown(LateFeeCharges.Of(Invoice(new LateFee(1.5m, Eur(40))), LedgerOf(March), Days.On("2023-03-01"), Days.On("2023-04-01"), Noon)));

    [Fact]
    public void Of_FeesThatStand_ChargesEachOnceAndNoFeeOnAFee()
    {
        var february = Charged(new LateFee(1.5m, null), LedgerOf(), "2023-02-28");
        var all = Charged(new LateFee(1.5m, null), LedgerOf([.. february, March]), "2023-03-31");

        // Of 600.00, and not of 615.00.
        Assert.Equal("2023-03-31 9.00", Shown(all));
        Assert.Equal("HL-1 was due on 2023-01-31; 1.5 % a month of 600.00 EUR for 1 month: 9.00 EUR.", all[0].Why);
        var open = Invoice(new LateFee(1.5m, null)).With(LedgerOf([.. february, March, .. all]));
        Assert.Equal((Eur(624), Eur(24), InvoiceState.PartPaid), (open.Balance, open.LateFees, open.State));
    }

    [Fact]
    public void Of_FeeAlone_LeavesTheInvoiceIssued() =>
        Assert.Equal(InvoiceState.Issued, Invoice(new LateFee(1.5m, null)).With(LedgerOf([.. Charged(new LateFee(1.5m, null), LedgerOf(), "2023-02-28")])).State);

    [Fact]
    public void Of_PaidInTimeOrOnTheLastDay_IsNothing()
    {
        Assert.Empty(Charged(new LateFee(1.5m, Eur(40)), LedgerOf(Paid("all", 1000, "2023-02-01")), "2023-12-31"));
        Assert.Empty(Charged(null, LedgerOf(), "2023-12-31"));
        Assert.Equal("2023-02-01 40.00", Shown(Charged(new LateFee(1.5m, Eur(40)), LedgerOf(Paid("late", 1000, "2023-02-02")), "2023-12-31")));
    }

    [Fact]
    public void Waive_FeesOfWhichSomeArePaid_OpensNoneAndGivesBackTheRest()
    {
        var invoice = Invoice(new LateFee(1.5m, null));
        var fees = Charged(new LateFee(1.5m, null), LedgerOf(March), "2023-03-31");
        var rest = Paid("rest", 609, "2023-04-02");

        var (waiver, _) = LateFeeWaivers.Of(invoice, LedgerOf([March, .. fees, rest]), null, "Ann Lee", "goodwill", Days.On("2023-04-03"), Noon);

        // 1,024.00 - 400.00 - 609.00 = 15.00 are open; of the 24.00 the other 9.00 were paid.
        var ledger = LedgerOf([March, .. fees, rest, waiver]);
        Assert.Equal((Eur(15), Eur(9)), (waiver!.Shares[0].Amount, waiver.Grants!.Amount));
        Assert.Equal((Eur(0), null, InvoiceState.Paid), (invoice.With(ledger).Balance, invoice.With(ledger).LateFees, invoice.With(ledger).State));
        Assert.Empty(LateFeeCharges.Of(invoice, ledger, Always, Days.On("2024-12-31"), Noon));
        Assert.Equal("The late fees of HL-1 were waived already.", LateFeeWaivers.Of(invoice, ledger, null, "a", "b", default, Noon).Problem);
        Assert.StartsWith("HL-1/late-fee/2023-02-28 is a late fee. Waive the fees of HL-1", Reversals.Of(ledger, fees[0].Id, null, "a", "b", default, Noon).Problem, StringComparison.Ordinal);

        var account = Assert.Single(ClientStatements.Of(new Period(Days.On("2023-01-01"), Days.On("2023-05-01")), [invoice], ledger, []));
        Assert.Equal(
            [
                (StatementEntryKind.Invoice, Eur(1000)), (StatementEntryKind.LateFee, Eur(15)), (StatementEntryKind.Payment, Eur(-400)), (StatementEntryKind.LateFee, Eur(9)), (StatementEntryKind.Payment, Eur(-609)),
                (StatementEntryKind.LateFeeWaived, Eur(-15)), (StatementEntryKind.LateFeeWaived, Eur(-9)),
            ],
            account.Lines.Select(line => (line.Entry.Kind, line.Entry.Amount)));
        Assert.Equal(Eur(-9), account.Closing);
    }

    private static IReadOnlyList<LateFeeCharge> Charged(LateFee? fee, ClientLedger ledger, string until) => LateFeeCharges.Of(Invoice(fee), ledger, Always, Days.On(until), Noon);

    private static IssuedInvoice Invoice(LateFee? fee) =>
        new("HL-1", Period.Month(2022, 12), "cw-250", "Corrib", Days.On("2023-01-01"), Days.On("2023-01-31"), Eur(1000), Eur(0), Eur(1000), Eur(1000), [], "bill", "pdf") { LateFee = fee };

    private static Payment Paid(string id, decimal amount, string date) => Credit(id, amount) with { Date = Days.On(date), Grants = null, Shares = [new InvoiceShare("HL-1", Eur(amount))] };

    private static string Shown(IEnumerable<LateFeeCharge> fees) => string.Join(", ", fees.Select(fee => FormattableString.Invariant($"{fee.Date:yyyy-MM-dd} {fee.Amount.Amount:0.00}")));
}
