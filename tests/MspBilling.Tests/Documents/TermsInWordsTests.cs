using MspBilling.App.Documents;
using MspBilling.Core;
using MspBilling.Core.Clients;
using MspBilling.Core.Documents;
using MspBilling.Tests.Accounting;
using Xunit;

namespace MspBilling.Tests.Documents;

public sealed class TermsInWordsTests
{
    private static readonly DocumentLanguage English = DocumentLanguage.Of("en-IE");

    public static TheoryData<PaymentTerms, string> Sentences => new()
    {
        { PaymentTerms.Net(30), "Payment is due within 30 days of the invoice date." },
        { PaymentTerms.Net(1), "Payment is due within one day of the invoice date." },
        { PaymentTerms.Net(0), "Payment is due on receipt of this invoice." },
        { new PaymentTerms { Due = PaymentDue.OnReceipt }, "Payment is due on receipt of this invoice." },
        { new PaymentTerms { Due = PaymentDue.EndOfMonth }, "Payment is due at the end of the month, by 31 Oct 2026." },
        { new PaymentTerms { Due = PaymentDue.EndOfMonth, Days = 15 }, "Payment is due 15 days after the end of the month, by 15 Nov 2026." },
        { new PaymentTerms { Due = PaymentDue.EndOfMonth, Days = 1 }, "Payment is due by 1 Nov 2026." },
        { new PaymentTerms { Due = PaymentDue.DayOfMonth, Day = 20, Months = 1 }, "Payment is due by 20 Nov 2026." },
        {
            PaymentTerms.Net(30) with { EarlyPayment = new EarlyPayment(2, 10), LateFee = new LateFee(1.5m, new Money(40, Currency.Of("EUR"))) },
            "Payment is due within 30 days of the invoice date. 2% discount (€25.34) if paid by 11 Oct 2026: €1,241.82 is due then. "
            + "Amounts that are overdue are charged 1.5% for each month. A fee of €40.00 is charged on an invoice that is overdue."
        },
        { PaymentTerms.Net(30) with { LateFee = new LateFee(null, new Money(40, Currency.Of("USD"))) }, "Payment is due within 30 days of the invoice date." },
    };

    // 1,267.16 in all; 2 % of it is 25.3432.
    [Theory]
    [MemberData(nameof(Sentences))]
    public void Of_Terms_SayWhenHowMuchLessAndHowMuchMore(PaymentTerms terms, string expected)
    {
        var invoice = InvoiceCases.Case("EUR at 23 %").Invoice;

        Assert.Equal(expected, TermsInWords.Of(invoice with { PaymentTerms = terms, DueDate = terms.DueDate(invoice.InvoiceDate) }, English));
    }
}
