namespace MspBilling.Core.Invoicing;

/// <summary>Whether an invoice comes to nothing: its credits are as much as its charges.</summary>
/// <remarks>10.00 and -10.00 wait, 10.00 and -9.99 do not. What has no charge at all has no invoice.</remarks>
internal static class ZeroTotalCheck
{
    public const string Code = "zero-total";

    public static IEnumerable<Objection> Of(IssueCase @case) => @case.Settings.ZeroTotal
        ? @case.Bill.Invoices.Where(invoice => invoice.Total.IsZero).Select(invoice => new Objection(Code, $"It comes to {invoice.Total}: its credits are as much as its charges."))
        : [];
}
