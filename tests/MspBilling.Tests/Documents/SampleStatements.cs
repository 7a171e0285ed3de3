using MspBilling.Core;
using MspBilling.Core.Documents;
using MspBilling.Core.Time;

namespace MspBilling.Tests.Documents;

/// <summary>Statements to render; what differs is said with <c>with</c>.</summary>
internal static class SampleStatements
{
    public static StatementDocument Of(string language, params StatementAccount[] accounts) => new()
    {
        Issuer = SampleInvoices.OfLines(1).Issuer,
        BillTo = SampleInvoices.OfLines(1).BillTo,
        Language = DocumentLanguage.Of(language),
        StatementDate = new DateOnly(2024, 10, 1),
        Period = Period.Month(2024, 9),
        Accounts = accounts,
    };

    /// <summary>1,000.00 owed; an invoice of 250.50, a payment of 1,000.00, a credit of 50.50 and a fee of 10.00 leave 210.00.</summary>
    public static StatementAccount Account(string code, int payments = 1)
    {
        var currency = Currency.Of(code);
        Money Amount(decimal amount) => new(amount, currency);
        StatementEntry[] entries =
        [
            new(Day(1), StatementEntryKind.Invoice, "HL-002041", Amount(250.50m), Day(30)),
            .. Enumerable.Range(1, payments).Select(number => new StatementEntry(Day(10), StatementEntryKind.Payment, $"SEPA 4711-{number}", Amount(number == 1 ? -1000 + payments - 1 : -1))),
            new(Day(12), StatementEntryKind.CreditNote, "CN-000007", Amount(-50.50m)),
            new(Day(20), StatementEntryKind.LateFee, "", Amount(10)),
        ];
        return StatementAccount.Of(Amount(1000), entries, new Ageing(Amount(200), Amount(10), Amount(0), Amount(0), Amount(0))) with { PaymentInstructions = ["IBAN IE29 AIBK 9311 5212 3456 78"] };
    }

    private static DateOnly Day(int day) => new(2024, 9, day);
}
