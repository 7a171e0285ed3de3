using MspBilling.Core;
using MspBilling.Core.Capture;
using static MspBilling.Adapters.Capture.Csv.CsvColumn;

namespace MspBilling.Adapters.Capture.Csv;

/// <summary>Payments as the bank or the accountant has them, a row for each.</summary>
/// <remarks>The reference tells a payment apart: a row that comes again, in this file or in a later and longer one, is the same payment.</remarks>
internal static class PaymentsCsv
{
    public const string Format = "payments-csv";

    private static readonly Dictionary<string, string> YesOrNo = new(StringComparer.OrdinalIgnoreCase) { ["yes"] = "yes", ["no"] = "no" };

    private static readonly CsvColumn Reference = Required("reference", "payment id", "transaction", "transaction id");
    private static readonly CsvColumn Company = Optional("client", "customer", "company");
    private static readonly CsvColumn Invoice = Optional("invoice", "invoices", "invoice number");
    private static readonly CsvColumn Date = Required("date", "payment date", "paid on", "value date");
    private static readonly CsvColumn Amount = Required("amount", "paid");
    private static readonly CsvColumn Money = Optional("currency");
    private static readonly CsvColumn Prepayment = Optional("prepayment", "paid ahead");
    private static readonly CsvColumn Expires = Optional("expires");
    private static readonly CsvColumn Agreement = Optional("agreement");

    public static CsvSchema Schema { get; } = new(Format, [Reference, Company, Invoice, Date, Amount, Money, Prepayment, Expires, Agreement], [[Company, Invoice]]);

    public static IReadOnlyList<CapturedRecord> Read(Stream content, ProblemList problems, CsvDialect dialect)
    {
        var payments = new List<ReceivedPayment>();
        foreach (var row in CsvTable.Open(content, problems, dialect, Schema)?.Rows() ?? [])
        {
            if (ReadRow(row) is { } payment)
                payments.Add(payment);
        }

        return payments;
    }

    private static ReceivedPayment? ReadRow(CsvRow row)
    {
        var (reference, client, invoices, day) = (row.Id(Reference), row.Id(Company), row.Texts(Invoice), row.Day(Date));
        if (row.Currency(Money) is not { } currency || row.Amount(Amount, currency) is not { } amount)
            return null;

        if (client is null && invoices is null)
            row.Problem(Company, "a client or an invoice, so that it is known whose payment it is");
        if (amount <= 0)
            row.Problem(Amount, "an amount above 0; a payment that the bank took back is reversed (account reverse)");
        if (Rounding.ToPlaces(amount, currency.MinorUnits) != amount)
            row.Problem(Amount, $"an amount that can be paid in {currency}");

        var (isPrepayment, expires, agreement) = (row.Word(Prepayment, YesOrNo) == "yes", row.Day(Expires), row.Id(Agreement));
        return row.IsWrong ? null : new ReceivedPayment
        {
            Id = new RecordId(CsvRecords.DefaultSource, RecordKind.Payment, reference!),
            Line = row.Start.Line,
            Client = client,
            Invoices = invoices,
            Date = day!.Value,
            Amount = new Money(amount, currency),
            IsPrepayment = isPrepayment,
            Expires = expires,
            Agreement = agreement,
        };
    }
}
