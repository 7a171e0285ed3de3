using static MspBilling.Tests.Documents.EInvoice.ReadInvoice;

namespace MspBilling.Tests.Documents.EInvoice;

/// <summary>The rules of EN 16931-1 about what is there and what adds up, as far as they touch what is written here.</summary>
internal static class CoreRules
{
    private static readonly string[] TransfersToAccounts = ["30", "58"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("BR-01", "A specification identifier (BT-24)", i => i.Specification is { Length: > 0 }),
        new("BR-02", "A number (BT-1)", i => i.Number is { Length: > 0 }),
        new("BR-03", "An issue date (BT-2)", i => i.IssueDate is not null),
        new("BR-04", "A type code (BT-3)", i => i.TypeCode is not null),
        new("BR-05", "A currency (BT-5)", i => i.Currency is not null),
        new("BR-06", "The seller's name (BT-27)", i => i.Seller?.Name is { Length: > 0 }),
        new("BR-07", "The buyer's name (BT-44)", i => i.Buyer?.Name is { Length: > 0 }),
        new("BR-08", "The seller's address (BG-5)", i => i.Seller is { HasAddress: true }),
        new("BR-09", "The seller's country (BT-40)", i => i.Seller?.Country is { Length: > 0 }),
        new("BR-10", "The buyer's address (BG-8)", i => i.Buyer is { HasAddress: true }),
        new("BR-11", "The buyer's country (BT-55)", i => i.Buyer?.Country is { Length: > 0 }),
        new("BR-12", "The sum of the lines (BT-106)", i => i.Totals.Lines is not null),
        new("BR-13", "The total without VAT (BT-109)", i => i.Totals.WithoutVat is not null),
        new("BR-14", "The total with VAT (BT-112)", i => i.Totals.WithVat is not null),
        new("BR-15", "The amount due (BT-115)", i => i.Totals.Due is not null),
        new("BR-16", "At least one line (BG-25)", i => i.Lines.Count > 0),
        new("BR-21", "Each line an identifier (BT-126)", i => i.Lines.All(l => l.Id is { Length: > 0 })),
        new("BR-22", "Each line a quantity (BT-129)", i => i.Lines.All(l => l.Quantity is not null)),
        new("BR-23", "Each line a unit (BT-130)", i => i.Lines.All(l => l.UnitCode is not null)),
        new("BR-24", "Each line a net amount (BT-131)", i => i.Lines.All(l => l.Net is not null)),
        new("BR-25", "Each line a name (BT-153)", i => i.Lines.All(l => l.Name is { Length: > 0 })),
        new("BR-26", "Each line a price (BT-146)", i => i.Lines.All(l => l.Price is not null)),
        new("BR-27", "No price below 0 (BT-146)", i => i.Lines.All(l => Of(l.Price) >= 0)),
        new("BR-29", "The period ends no earlier than it starts (BT-73, BT-74)", i => string.CompareOrdinal(i.PeriodStart, i.PeriodEnd) <= 0),
        new("BR-30", "So does each line's (BT-134, BT-135)", i => i.Lines.All(l => string.CompareOrdinal(l.Start, l.End) <= 0)),
        new("BR-31", "Each document allowance an amount (BT-92)", i => i.Allowances.All(a => a.Amount is not null)),
        new("BR-32", "Each document allowance a VAT category (BT-95)", i => i.Allowances.All(a => a.Category is not null)),
        new("BR-33", "Each document allowance a reason (BT-97, BT-98)", i => i.Allowances.All(a => a.ReasonCode is not null)),
        new("BR-41", "Each line allowance an amount (BT-136)", i => LineAllowances(i, "false").All(a => a.Amount is not null)),
        new("BR-42", "Each line allowance a reason (BT-139, BT-140)", i => LineAllowances(i, "false").All(a => a.ReasonCode is not null)),
        new("BR-43", "Each line charge an amount (BT-141)", i => LineAllowances(i, "true").All(a => a.Amount is not null)),
        new("BR-44", "Each line charge a reason (BT-144, BT-145)", i => LineAllowances(i, "true").All(a => a.ReasonCode is not null)),
        new("BR-45", "Each VAT breakdown a taxable amount (BT-116)", i => i.Breakdown.All(v => v.Taxable is not null)),
        new("BR-46", "Each VAT breakdown a tax amount (BT-117)", i => i.Breakdown.All(v => v.Tax is not null)),
        new("BR-47", "Each VAT breakdown a category (BT-118)", i => i.Breakdown.All(v => v.Category is not null)),
        new("BR-48", "Each VAT breakdown a rate (BT-119) unless outside the scope of VAT", i => i.Breakdown.All(v => v.Percent is not null || v.Category == "O")),
        new("BR-49", "Payment instructions a means (BT-81)", i => i.Payment is null or { Code: not null }),
        new("BR-50", "An account to be paid to its number (BT-84)", i => i.Payment is null or { HasAccount: false } or { Account: not null }),
        new("BR-53", "With an accounting currency (BT-6) the VAT in it (BT-111)", i => i.TaxCurrency is null || i.Totals.AccountingVat is not null),
        new("BR-55", "A preceding invoice its number (BT-25)", i => i.PrecedingDate is null || i.PrecedingNumber is not null),
        new("BR-61", "A transfer an account (BT-84)", i => i.Payment is not { Code: { } code } payment || !TransfersToAccounts.Contains(code) || payment.Account is not null),
        new("BR-62", "The seller's electronic address a scheme (BT-34)", i => i.Seller?.Endpoint is null || i.Seller.EndpointScheme is not null),
        new("BR-63", "The buyer's electronic address a scheme (BT-49)", i => i.Buyer?.Endpoint is null || i.Buyer.EndpointScheme is not null),
        new("BR-CO-04", "Each line a VAT category (BT-151)", i => i.Lines.All(l => l.Category is not null)),
        new("BR-CO-09", "VAT numbers begin with a country (BT-31, BT-48)", i => new[] { i.Seller?.VatNumber, i.Buyer?.VatNumber }.OfType<string>().All(n => n.Length > 2 && CodeLists.IsVatCountry(n[..2]))),
        new("BR-CO-10", "BT-106 = sum of BT-131", i => Of(i.Totals.Lines) == i.Lines.Sum(l => Of(l.Net))),
        new("BR-CO-11", "BT-107 = sum of BT-92", i => (i.Totals.Allowances is not null || i.Allowances.Count == 0) && Of(i.Totals.Allowances) == i.Allowances.Sum(a => Of(a.Amount))),
        new("BR-CO-13", "BT-109 = BT-106 - BT-107", i => Of(i.Totals.WithoutVat) == Of(i.Totals.Lines) - Of(i.Totals.Allowances)),
        new("BR-CO-14", "BT-110 = sum of BT-117", i => Of(i.Totals.Vat) == i.Breakdown.Sum(v => Of(v.Tax))),
        new("BR-CO-15", "BT-112 = BT-109 + BT-110", i => Of(i.Totals.WithVat) == Of(i.Totals.WithoutVat) + Of(i.Totals.Vat)),
        new("BR-CO-16", "BT-115 = BT-112 - BT-113", i => Of(i.Totals.Due) == Of(i.Totals.WithVat) - Of(i.Totals.Paid)),
        new("BR-CO-17", "BT-117 = BT-116 x BT-119 / 100, to two decimals", i => i.Breakdown.All(IsPercent)),
        new("BR-CO-18", "At least one VAT breakdown (BG-23)", i => i.Breakdown.Count > 0),
        new("BR-CO-19", "A period its start or its end (BT-73, BT-74)", i => i.PeriodStart is not null || i.PeriodEnd is not null),
        new("BR-CO-20", "A line's period its start or its end (BT-134, BT-135)", i => i.Lines.All(l => l.Start is not null || l.End is not null)),
        new("BR-CO-25", "A due date (BT-9) or terms (BT-20) where an amount is due", i => Of(i.Totals.Due) <= 0 || i.DueDate is not null || i.Terms is not null),
        new("BR-CO-26", "The seller's VAT number (BT-31) or registration (BT-30)", i => i.Seller?.VatNumber is not null || i.Seller?.Registration is not null),
        new("BR-DEC", "No amount has more than two decimals (BR-DEC-01 to BR-DEC-28)", i => Amounts(i).OfType<string>().All(a => a.IndexOf('.') is var point && (point < 0 || a.Length - point <= 3))),
    ];

    /// <summary>Rounded to the places that it is written with; the public Schematron lets it be off by almost 1.</summary>
    internal static bool IsPercent(ReadVat vat) => Math.Abs(Of(vat.Tax) - (Of(vat.Taxable) * Of(vat.Percent) / 100)) <= (vat.Tax?.Contains('.', StringComparison.Ordinal) == true ? 0.005m : 0.5m);

    internal static decimal Of(string? number) => AsNumber(number) ?? 0;

    private static IEnumerable<ReadAllowance> LineAllowances(ReadInvoice invoice, string indicator) => invoice.Lines.SelectMany(l => l.Allowances).Where(a => a.Indicator == indicator);

    private static IEnumerable<string?> Amounts(ReadInvoice i) =>
    [
        i.Totals.Lines, i.Totals.Allowances, i.Totals.WithoutVat, i.Totals.Vat, i.Totals.AccountingVat, i.Totals.WithVat, i.Totals.Paid, i.Totals.Due,
        .. i.Allowances.Select(a => a.Amount), .. i.Breakdown.SelectMany(v => new[] { v.Taxable, v.Tax }), .. i.Lines.SelectMany(l => l.Allowances.Select(a => a.Amount).Append(l.Net)),
    ];
}
