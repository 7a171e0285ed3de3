using MspBilling.Core;
using MspBilling.Core.Documents;
using MspBilling.Core.Time;
using MspBilling.Tests.Documents.Pdf;

namespace MspBilling.Tests.Documents;

/// <summary>Finished documents to render: one base, and what differs is said with <c>with</c>.</summary>
internal static class SampleInvoices
{
    private static readonly Currency Eur = Currency.Of("EUR");

    public static InvoiceDocument OfLines(int count) => Base(Eur) with
    {
        Groups = Groups(count, Eur, number => Line(number, Eur)),
        Totals = Totals(Money.Sum(Enumerable.Range(1, count).Select(number => Line(number, Eur).Net), Eur)),
    };

    public static InvoiceDocument OfLine(PrintedLine line)
    {
        var currency = line.Net.Currency;
        return Base(currency) with { Groups = [new LineGroup("Managed services", [line], line.Net)], Totals = Totals(line.Net) };
    }

    public static PrintedLine Line(int number, Currency currency) => new()
    {
        Number = number,
        Description = Descriptions[number % Descriptions.Length],
        Quantity = number % 7 + (number % 4 * 0.25m) + 1,
        Unit = number % 3 == 0 ? "h" : "seat",
        UnitPrice = new UnitPrice(12.5m + number, currency),
        Discount = number % 10 == 0 ? new Money(-5, currency) : null,
        Net = new UnitPrice(12.5m + number, currency).Extend(number % 7 + (number % 4 * 0.25m) + 1) - new Money(number % 10 == 0 ? 5 : 0, currency),
    };

    public static InvoiceDocument WithAppendix(int rows) => OfLines(4) with
    {
        Appendix =
        [
            new DetailSection(1, "Service desk, September", [.. Enumerable.Range(1, rows).Select(DetailRow)]),
            new DetailSection(2, "Microsoft 365 Business Premium",
            [
                new DetailRow
                {
                    Date = new DateOnly(2024, 9, 14), Reference = "CFQ7TTC0LCHC", Description = "Seat added, 17 of 30 days", Quantity = 1, Unit = "seat",
                    Treatment = "Billed", Amount = new Money(11.16m, Eur),
                },
            ]),
        ],
    };

    /// <summary>A disc and a bar with soft edges, on nothing.</summary>
    public static byte[] Logo() => Png.Of(380, 96, (x, y) =>
    {
        var (disc, bar) = (44 - MathF.Sqrt(((x - 48) * (x - 48)) + ((y - 48) * (y - 48))), x is >= 110 and < 372 && y is >= 24 and < 72 ? 1 : 0);
        return (0x0F, 0x76, 0x6E, (byte)(0xFF * Math.Clamp(Math.Max(disc, bar), 0, 1)));
    });

    private static readonly string[] Descriptions =
    [
        "Managed workstation, gold",
        "Service desk Łódź, remote support",
        "Server care Αθήνα, monitoring and patching",
        "Microsoft 365 Business Premium",
        "Backup Київ, 500 GB, kept 90 days",
        "Firewall, management and reporting",
    ];

    private static InvoiceDocument Base(Currency currency) => new()
    {
        Issuer = new Issuer
        {
            Name = "Northwind Managed IT Ltd",
            AddressLines = ["14 Harbour Court", "Dublin 2, D02 XY45", "Ireland"],
            Email = "billing@northwind.example",
            Phone = "+353 1 555 0142",
            Website = "northwind.example",
            RegistrationLines = ["VAT IE1234567T", "Registered in Ireland no. 412345"],
            Logo = Logo(),
        },
        BillTo = new BillTo { Name = "Zakłady Łódź sp. z o.o.", AddressLines = ["ul. Piotrkowska 104", "90-926 Łódź", "Poland"], TaxNumber = "PL7250012345" },
        Number = "INV-2024-0042",
        InvoiceDate = new DateOnly(2024, 9, 30),
        DueDate = new DateOnly(2024, 10, 30),
        ServicePeriod = Period.Month(2024, 9),
        Currency = currency,
        Reference = "PO 4500012345",
        Language = DocumentLanguage.Of("en-IE"),
        Groups = [],
        Totals = Totals(Money.Zero(currency)),
        Notes = ["Reverse charge: VAT is to be accounted for by the recipient under Article 196 of Directive 2006/112/EC."],
        PaymentTerms = "Payable within 30 days without deduction.",
        PaymentInstructions = ["IBAN IE29 AIBK 9311 5212 3456 78", "BIC AIBKIE2D", "Please quote INV-2024-0042"],
    };

    private static InvoiceTotals Totals(Money subtotal)
    {
        var tax = subtotal.Percent(23);
        return new InvoiceTotals { Subtotal = subtotal, Taxes = [new TaxTotal("VAT", 23, subtotal, tax)], Total = subtotal + tax };
    }

    private static LineGroup[] Groups(int count, Currency currency, Func<int, PrintedLine> line)
    {
        (string Title, int First, int Last)[] kinds = count < 3
            ? [("Managed services", 1, count)]
            : [("Managed services", 1, count / 2), ("Licences", (count / 2) + 1, count * 3 / 4), ("Projects and time", (count * 3 / 4) + 1, count)];
        return [.. kinds.Select(kind =>
        {
            PrintedLine[] lines = [.. Enumerable.Range(kind.First, kind.Last - kind.First + 1).Select(line)];
            return new LineGroup(kind.Title, lines, Money.Sum(lines.Select(each => each.Net), currency));
        })];
    }

    private static DetailRow DetailRow(int row) => new()
    {
        Date = new DateOnly(2024, 9, 1 + (row % 28)),
        Who = row % 2 == 0 ? "Siobhán O'Connor" : "Michał Wiśniewski",
        Reference = $"T-{20000 + row}",
        Description = row % 5 == 0 ? "Mail flow to the branch stopped after the certificate was renewed; connector rebuilt, queue delivered" : "Password reset and sign-in help",
        Quantity = 0.25m * (1 + (row % 6)),
        Unit = "h",
        Treatment = (row % 3) switch { 0 => "Billed", 1 => "Covered by included hours", _ => "Not billed: goodwill" },
        Amount = row % 3 == 0 ? new Money(30m * (1 + (row % 6)), Eur) : null,
    };
}
