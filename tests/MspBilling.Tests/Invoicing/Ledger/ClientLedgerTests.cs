using CsCheck;
using MspBilling.Core;
using MspBilling.Core.Clients;
using MspBilling.Core.Documents;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Reports;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Invoicing.Ledger;

/// <summary>HL-1 of 300.00 is due on 1 October, HL-2 of 400.00 on 15 October, HL-3 of 50.00 on 1 November.</summary>
public sealed class ClientLedgerTests
{
    private static readonly DateTimeOffset Noon = new(2024, 10, 20, 12, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, InvoiceDraft> NoDrafts = [];

    private static readonly IReadOnlyList<IssuedInvoice> Invoices = [Invoice("HL-2", 400, "2024-10-15"), Invoice("HL-1", 300, "2024-10-01"), Invoice("HL-3", 50, "2024-11-01")];

    [Theory]
    [InlineData(100, "HL-1 100", 0)]
    [InlineData(300, "HL-1 300", 0)]
    [InlineData(500, "HL-1 300, HL-2 200", 0)]
    [InlineData(760, "HL-1 300, HL-2 400, HL-3 50", 10)]
    public void Pay_NamingNone_PaysWhatWasDueFirst(decimal amount, string shares, decimal credit)
    {
        var payment = Paid([], amount);

        Assert.Equal(shares, Shown(payment));
        Assert.Equal(credit, payment.Grants?.Amount.Amount ?? 0);
    }

    [Fact]
    public void Pay_NamingInvoices_PaysThemInThatOrderAndNoOther()
    {
        var payment = Paid([], 500, "HL-3", "HL-2");

        Assert.Equal(("HL-3 50, HL-2 400", Eur(50)), (Shown(payment), payment.Grants!.Amount));
    }

    [Fact]
    public void Pay_WhatIsPaidInPart_PaysTheRest() => Assert.Equal("HL-1 200, HL-2 300", Shown(Paid([Paid([], 100)], 500)));

    [Fact]
    public void Pay_WhatCannotBe_IsRefusedWithWords()
    {
        string Refused(PaymentRequest request) => Payments.Of(Invoices, new ClientLedger([]), request, Noon).Problem!;

        Assert.Equal("HL-9 is no invoice of the client.", Refused(Request(1, "HL-9")));
        Assert.Equal("HL-1 is in EUR, and the money is in USD.", Refused(Request(1, "HL-1") with { Amount = new Money(1, Currency.Of("USD")) }));
        Assert.StartsWith("0.00 EUR is no payment", Refused(Request(0)), StringComparison.Ordinal);
        Assert.StartsWith("What is paid ahead pays no invoice yet", Refused(Request(1, "HL-1") with { IsPrepayment = true }), StringComparison.Ordinal);
        Assert.StartsWith("Only what is paid ahead expires", Refused(Request(1) with { Expires = Days.On("2024-12-31") }), StringComparison.Ordinal);
    }

    [Fact]
    public void UseCredit_SeveralCredits_WhatExpiresFirstThenWhatCameFirst()
    {
        LedgerEntry[] entries =
        [
            Granted("over", 30), Granted("late", 40, isPrepayment: true, expires: "2025-12-31"), Granted("soon", 50, isPrepayment: true, expires: "2024-11-30"), Granted("gone", 60, isPrepayment: true, expires: "2024-10-19"),
            Granted("ahead", 70, isPrepayment: true),
        ];

        var (use, _) = CreditUses.Of([Invoice("HL-1", 175, "2024-10-01")], NoDrafts, new ClientLedger(entries), Currency.Of("EUR"), null, "use", "Ann Lee", "agreed", Days.On("2024-10-20"), Noon);

        // 50.00 + 40.00 + 30.00 + 55.00 of 70.00; 60.00 expired the day before.
        Assert.Equal(["soon 50", "late 40", "over 30", "ahead 55"], use!.Draws.Select(draw => FormattableString.Invariant($"{draw.Credit} {draw.Amount.Amount:0}")));
        var left = new ClientLedger([.. entries, use]).Credits.ToDictionary(credit => credit.Id, credit => credit.Left.Amount);
        Assert.Equal((60m, 15m, 0m), (left["gone"], left["ahead"], left["soon"]));
    }

    [Fact]
    public void UseCredit_NothingLeft_IsRefused() => Assert.StartsWith(
        "There is nothing to pay", CreditUses.Of(Invoices, NoDrafts, new ClientLedger([]), Currency.Of("EUR"), null, "use", "Ann Lee", "agreed", Days.On("2024-10-20"), Noon).Problem, StringComparison.Ordinal);

    [Fact]
    public void Reverse_PaymentWhoseCreditWasUsed_OpensAllThatItPaid()
    {
        var payment = Paid([], 800, "HL-1") with { Id = "p" };
        var use = Used([payment]);
        Assert.Equal("HL-2 400, HL-3 50", Shown(use));

        var (reversal, _) = Reversals.Of(new ClientLedger([payment, use]), "p", null, "Ann Lee", "returned", Days.On("2024-10-25"), Noon);
        var after = new ClientLedger([payment, use, reversal!]);

        Assert.All(Invoices, invoice => Assert.Equal(invoice.Total, invoice.With(after).Balance));
        Assert.Empty(after.Credits);
        Assert.Equal("p was reversed already.", Reversals.Of(after, "p", null, "a", "b", default, Noon).Problem);

        // What is undone with the payment is not undone once more with the use of its credit.
        var (again, _) = Reversals.Of(after, use.Id, null, "Ann Lee", "too", Days.On("2024-10-26"), Noon);
        Assert.All(Invoices, invoice => Assert.Equal(invoice.Total, invoice.With(new ClientLedger([.. after.Entries, again!])).Balance));
    }

    [Fact]
    public void WriteOff_RestOfAnInvoice_LeavesNothingOpenUntilItIsReversed()
    {
        var part = Paid([], 100);
        var (writeOff, _) = WriteOffs.Of(Invoices[1], new ClientLedger([part]), "w", "Ann Lee", "insolvent", Days.On("2024-12-01"), Noon);
        var given = Invoices[1].With(new ClientLedger([part, writeOff!]));
        Assert.Equal((Eur(0), Eur(200), InvoiceState.WrittenOff), (given.Balance, given.WrittenOff, given.State));
        Assert.Equal("Nothing is open of HL-1.", WriteOffs.Of(Invoices[1], new ClientLedger([part, writeOff!]), "x", "a", "b", default, Noon).Problem);

        var (reversal, _) = Reversals.Of(new ClientLedger([part, writeOff!]), "w", null, "Ann Lee", "pays after all", Days.On("2024-12-05"), Noon);
        var back = Invoices[1].With(new ClientLedger([part, writeOff!, reversal!]));
        Assert.Equal((Eur(200), null, InvoiceState.PartPaid), (back.Balance, back.WrittenOff, back.State));
    }

    [Fact]
    public void Statement_OfOctober_GoesFromOpeningToClosing()
    {
        LedgerEntry[] entries = [Paid([], 100) with { Date = Days.On("2024-09-30") }, Paid([], 500) with { Date = Days.On("2024-10-10"), Id = "q" }];

        var account = Assert.Single(ClientStatements.Of(Period.Month(2024, 10), Invoices, new ClientLedger(entries), []));

        // All three invoices are dated 1 September: 750.00 - 100.00 = 650.00; 650.00 - 500.00 = 150.00.
        Assert.Equal((Eur(650), Eur(150)), (account.Opening, account.Closing));
        Assert.Equal((StatementEntryKind.Payment, Eur(-500)), (Assert.Single(account.Lines).Entry.Kind, account.Lines[0].Entry.Amount));

        // Both payments were put to HL-1 and HL-2 without knowing of each other: HL-1 -100.00, HL-2 200.00 (16 days), HL-3 50.00.
        Assert.Equal(new Ageing(Eur(50), Eur(100), Eur(0), Eur(0), Eur(0)), account.Ageing);
    }

    // Whatever is paid, used, given up and undone in whatever order: no invoice is paid beyond its total, no credit is used beyond what it has, and the statement closes with
    // what is open less what is in credit on any day.
    [Fact]
    public void Ledger_AnyMoves_NothingIsPaidTwiceAndTheStatementAgrees() => Gen.Select(Gen.Int[0, 7], Gen.Int[1, 60_000], Gen.Int[0, 60]).Array[0, 12].Sample(
        moves =>
        {
            var ledger = new ClientLedger([]);
            foreach (var (what, cents, day) in moves)
            {
                var (id, date) = ($"{ledger.Entries.Count}", Days.On("2024-09-20").AddDays(day));
                LedgerEntry? entry = what switch
                {
                    0 => Payments.Of(Invoices, ledger, Request(cents / 100m) with { Id = id, Date = date }, Noon).Payment,
                    1 => Payments.Of(Invoices, ledger, Request(cents / 100m) with { Id = id, Date = date, IsPrepayment = true, Expires = cents % 2 == 0 ? date.AddDays(10) : null }, Noon).Payment,
                    2 => CreditUses.Of(Invoices, NoDrafts, ledger, Currency.Of("EUR"), null, id, "a", "b", date, Noon).Use,
                    5 => CreditExpiries.Of(ledger, date, Noon) is [var gone, ..] ? gone : null,
                    6 => LateFeeCharges.Of(Invoices[cents % 3] with { LateFee = new LateFee(1.5m, Eur(5)) }, ledger, Days.On("2024-10-01"), date, Noon) is [var fee, ..] ? fee : null,
                    7 => LateFeeWaivers.Of(Invoices[cents % 3], ledger, id, "a", "b", date, Noon).Waiver,
                    3 => WriteOffs.Of(Invoices[cents % 3], ledger, id, "a", "b", date, Noon).WriteOff,
                    _ => ledger.Entries.Count == 0 ? null : Reversals.Of(ledger, ledger.Entries[cents % ledger.Entries.Count].Id, id, "a", "b", date, Noon).Reversal,
                };
                ledger = entry is null ? ledger : new ClientLedger([.. ledger.Entries, entry]);
                Assert.All(Invoices, invoice => Assert.InRange(invoice.With(ledger).Balance.Amount, 0, invoice.Total.Amount + ledger.Entries.OfType<LateFeeCharge>().Where(charge => charge.Invoice == invoice.Number).Sum(charge => charge.Amount.Amount)));
                Assert.All(ledger.Credits, credit => Assert.InRange(credit.Left.Amount, 0, credit.Granted.Amount.Amount));
            }

            var account = Assert.Single(ClientStatements.Of(new Period(Days.On("2024-10-01"), Days.On("2025-01-01")), Invoices, ledger, []));
            Assert.Equal(Invoices.Sum(invoice => invoice.With(ledger).Balance.Amount) - ledger.Credits.Sum(credit => credit.Left.Amount), account.Closing.Amount);
            Assert.Single(ClientStatements.Of(new Period(Days.On("2024-10-01"), Days.On("2024-10-08")), Invoices, ledger, []));
        },
        iter: 10_000);

    private static IssuedInvoice Invoice(string number, decimal total, string due) => new(
        number, Days.September, "cw-250", "Corrib", Days.On("2024-09-01"), Days.On(due), Eur(total), Eur(0), Eur(total), Eur(total), [], "bill", "pdf");

    private static PaymentRequest Request(decimal amount, params string[] invoices) =>
        new("p", Eur(amount), Days.On("2024-10-20"), "TRN 1", invoices.Length == 0 ? null : invoices, false, null, "Ann Lee");

    private static Payment Paid(LedgerEntry[] before, decimal amount, params string[] invoices) => Payments.Of(Invoices, new ClientLedger(before), Request(amount, invoices), Noon).Payment!;

    private static CreditUse Used(LedgerEntry[] before) =>
        CreditUses.Of(Invoices, NoDrafts, new ClientLedger(before), Currency.Of("EUR"), null, "use", "Ann Lee", "agreed", Days.On("2024-10-20"), Noon).Use!;

    private static Payment Granted(string id, decimal amount, bool isPrepayment = false, string? expires = null) => new(Eur(amount), null)
    {
        Id = id,
        Date = Days.On("2024-10-01"),
        At = Noon,
        By = "Ann Lee",
        Why = "paid",
        Grants = new AccountCredit(Eur(amount), isPrepayment, expires is null ? null : Days.On(expires)),
    };

    private static string Shown(LedgerEntry entry) => string.Join(", ", entry.Shares.Select(share => FormattableString.Invariant($"{share.Invoice} {share.Amount.Amount:0}")));
}
