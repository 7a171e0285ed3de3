using System.Globalization;
using MspBilling.Core;
using MspBilling.Core.Documents;
using MspBilling.Core.Time;

namespace MspBilling.Benchmarks;

/// <summary>An invoice of 60 lines on two pages, without a picture; each number has other figures and names.</summary>
internal static class BenchmarkInvoice
{
    private static readonly Currency Eur = Currency.Of("EUR");

    private static readonly string[] Services = ["Managed workstation, gold", "Service desk, remote support", "Server care, monitoring and patching", "Backup, 500 GB, kept 90 days", "Firewall, management and reporting"];

    private static readonly string[] Towns = ["Łódź", "Zürich", "Málaga", "Orléans", "Galway", "Århus", "Košice"];

    public static InvoiceDocument Of(int number)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"INV-2024-{number:0000}");
        var town = Towns[number % Towns.Length];
        LineGroup[] groups = [Group("Managed services", 1, 30), Group("Licences", 31, 45), Group("Projects and time", 46, 60)];
        LineGroup Group(string title, int first, int last)
        {
            PrintedLine[] lines = [.. Enumerable.Range(first, last - first + 1).Select(line => Line(number, line))];
            return new LineGroup(title, lines, Money.Sum(lines.Select(line => line.Net), Eur));
        }

        var net = Money.Sum(groups.Select(group => group.Subtotal), Eur);
        return new InvoiceDocument
        {
            Issuer = new Issuer
            {
                Name = "Northwind Managed IT Ltd",
                AddressLines = ["14 Harbour Court", "Dublin 2, D02 XY45", "Ireland"],
                Email = "billing@northwind.example",
                RegistrationLines = ["VAT IE1234567T", "Registered in Ireland no. 412345"],
            },
            BillTo = new BillTo { Name = $"Zakłady {town} sp. z o.o.", AddressLines = ["ul. Piotrkowska 104", town] },
            Number = name,
            InvoiceDate = new DateOnly(2024, 9, 30),
            DueDate = new DateOnly(2024, 10, 30),
            ServicePeriod = Period.Month(2024, 9),
            Currency = Eur,
            Reference = "PO 4500012345",
            Language = DocumentLanguage.Of("en-IE"),
            Groups = groups,
            Totals = new InvoiceTotals { Subtotal = net, Taxes = [new TaxTotal("VAT", 23, net, net.Percent(23))], Total = net + net.Percent(23) },
            PaymentTerms = "Payable within 30 days without deduction.",
            PaymentInstructions = ["IBAN IE29 AIBK 9311 5212 3456 78", $"Please quote {name}"],
        };
    }

    /// <summary>The same invoice as finished text, for a program that knows no money.</summary>
    public static object TextOf(InvoiceDocument document)
    {
        var format = new DocumentFormat(document.Language);
        var carried = Money.Zero(Eur);
        return new
        {
            title = $"Invoice {document.Number}",
            color = "#0F766E",
            tint = "#ECF4F3",
            issuer = document.Issuer.AddressLines.Prepend(document.Issuer.Name).Append(document.Issuer.Email),
            billTo = document.BillTo.AddressLines.Prepend(document.BillTo.Name),
            facts = new[]
            {
                new[] { "Invoice number", document.Number }, ["Invoice date", format.Date(document.InvoiceDate)], ["Due date", format.Date(document.DueDate)],
                ["Service period", format.Span(document.ServicePeriod)], ["Reference", document.Reference], ["Currency", document.Currency.Code],
            },
            dueDate = format.Date(document.DueDate),
            columns = new[] { "No.", "Description", "Quantity", "Unit", "Unit price", "Net" },
            groups = document.Groups.Select(group => new
            {
                title = group.Title,
                subtotal = format.Figure(group.Subtotal),
                rows = group.Lines.Select(line => new
                {
                    cells = new[] { format.Count(line.Number), line.Description, format.Quantity(line.Quantity), line.Unit, format.Price(line.UnitPrice), format.Figure(line.Net) },
                    carried = format.Figure(carried += line.Net),
                }).ToArray(),
            }).ToArray(),
            totals = document.Totals.Taxes.Select(tax => new[] { $"{tax.Name} {format.Percent(tax.Percent)} on {format.Amount(tax.TaxableBase)}", format.Amount(tax.Tax) })
                .Prepend(["Subtotal", format.Amount(document.Totals.Subtotal)]),
            total = format.Amount(document.Totals.Total),
            notes = document.PaymentInstructions.Prepend(document.PaymentTerms).Prepend("Payment"),
            foot = string.Join("  ·  ", document.Issuer.RegistrationLines.Prepend(document.Issuer.Name)),
        };
    }

    private static PrintedLine Line(int invoice, int number)
    {
        var (quantity, price) = (((number + invoice) % 7) + (number % 4 * 0.25m) + 1, new UnitPrice(12.5m + number + (invoice % 11), Eur));
        return new PrintedLine
        {
            Number = number,
            Description = $"{Services[(number + invoice) % Services.Length]}, {Towns[(number + invoice) % Towns.Length]}",
            Quantity = quantity,
            Unit = number % 3 == 0 ? "h" : "seat",
            UnitPrice = price,
            Net = price.Extend(quantity),
        };
    }
}
