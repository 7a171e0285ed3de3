using System.Globalization;
using CsCheck;
using MspBilling.Core;
using MspBilling.Core.Documents;
using UglyToad.PdfPig.Content;
using Xunit;

namespace MspBilling.Tests.Documents;

/// <summary>What a client with a pocket calculator finds: what is printed adds up to what is printed.</summary>
public sealed class PaperArithmeticTests
{
    private static readonly Gen<PrintedLine> Lines =
        from quantity in Gen.OneOf(Gen.Int[-40, 400].Select(quarters => quarters * 0.25m), Gen.Int[1, 99_999].Select(thousandths => thousandths * 0.001m))
        from price in Gen.OneOf(Gen.Int[0, 500_000].Select(cents => cents * 0.01m), Gen.Int[1, 999_999].Select(parts => parts * 0.00001m))
        from discount in Gen.Frequency((4, Gen.Const(0)), (1, Gen.Int[1, 3_000]))
        from words in Gen.Int[1, 25]
        from explained in Gen.Bool
        select new PrintedLine
        {
            Number = 0,
            Description = string.Join(' ', Enumerable.Repeat("monitoring", words)),
            Explanation = explained ? "as agreed" : null,
            Quantity = quantity,
            Unit = "h",
            UnitPrice = new UnitPrice(price, Currency.Of("EUR")),
            Discount = discount == 0 ? null : new Money(-discount, Currency.Of("EUR")),
            Net = Money.Zero(Currency.Of("EUR")),
        };

    private static readonly Gen<InvoiceDocument> Invoices =
        from currency in Gen.OneOf("EUR", "USD", "PLN", "JPY", "KWD").Select(Currency.Of)
        from language in Gen.OneOf("en-IE", "en-US").Select(DocumentLanguage.Of)
        from groups in Lines.List[1, 25].List[1, 5]
        from discounts in Gen.Int[0, 2]
        from taxes in Gen.OneOf(0m, 5m, 7.75m, 23m).List[0, 3]
        select Document(currency, language, groups, discounts, taxes);

    [Fact]
    public void Figures_OnPaper_AddUpToItsTotals() => Invoices.Sample(AssertAddsUp, iter: 500);

    private static InvoiceDocument Document(Currency currency, DocumentLanguage language, List<List<PrintedLine>> lines, int discounts, List<decimal> percents)
    {
        var number = 0;
        var groups = lines.Select((group, at) =>
        {
            PrintedLine[] printed = [.. group.Select(line => In(currency, line) with { Number = ++number })];
            return new LineGroup($"Kind {(char)('A' + at)}", printed, Money.Sum(printed.Select(line => line.Net), currency));
        }).ToArray();
        var subtotal = Money.Sum(groups.Select(group => group.Subtotal), currency);
        var discount = -subtotal.Percent(discounts * 7.5m);
        TaxTotal[] taxes = [.. percents.Select((percent, at) => new TaxTotal($"Tax{(char)('A' + at)}", percent, subtotal + discount, (subtotal + discount).Percent(percent)))];
        return SampleInvoices.OfLines(1) with
        {
            Currency = currency,
            Language = language,
            Groups = groups,
            Totals = new InvoiceTotals
            {
                Subtotal = subtotal,
                Discounts = discounts == 0 ? null : discount,
                Taxes = taxes,
                Total = Money.Sum(taxes.Select(tax => tax.Tax), currency) + subtotal + discount,
            },
        };
    }

    private static PrintedLine In(Currency currency, PrintedLine line)
    {
        var (price, discount) = (new UnitPrice(line.UnitPrice.Amount, currency), line.Discount is { } off ? new Money(off.Amount, currency) : (Money?)null);
        return line with { UnitPrice = price, Discount = discount, Net = price.Extend(line.Quantity) + (discount ?? Money.Zero(currency)) };
    }

    private static void AssertAddsUp(InvoiceDocument document)
    {
        using var invoice = new RenderedInvoice(document);
        var (labels, currency) = (InvoiceLabels.For(document.Language), document.Currency);
        var (all, inGroup, taxes, lines) = (0m, 0m, 0m, 0);
        var (subtotal, discounts, total) = ((decimal?)null, 0m, (decimal?)null);
        foreach (var cells in invoice.Pages.SelectMany(Rows))
        {
            decimal Figure(string text) => decimal.Parse(string.Concat(text.Where(letter => char.IsAsciiDigit(letter) || letter is '.' or '-')), CultureInfo.InvariantCulture);
            var (last, label) = (cells[^1], cells.Count > 1 ? cells[^2] : "");
            if (cells.Count >= 6 && cells[0] == (lines + 1).ToString(CultureInfo.InvariantCulture))
            {
                // No., description, quantity, unit, price, perhaps a discount, net.
                var (quantity, price, discount) = (Figure(cells[2]), Figure(cells[4]), cells.Count == 7 ? Figure(cells[5]) : 0m);
                Assert.Equal(new UnitPrice(price, currency).Extend(quantity).Amount + discount, Figure(last));
                (lines, all, inGroup) = (lines + 1, all + Figure(last), inGroup + Figure(last));
            }
            else if (label.StartsWith($"{labels.Subtotal}Kind", StringComparison.Ordinal))
            {
                Assert.Equal(inGroup, Figure(last));
                inGroup = 0;
            }
            else if (label == labels.CarriedForward.Replace(" ", "", StringComparison.Ordinal) || label == labels.BroughtForward.Replace(" ", "", StringComparison.Ordinal))
            {
                Assert.Equal(all, Figure(last));
            }
            else if (label == labels.Subtotal)
            {
                Assert.Equal(all, (subtotal = Figure(last)).Value);
            }
            else if (label == labels.Discounts)
            {
                discounts = Figure(last);
            }
            else if (label.StartsWith("Tax", StringComparison.Ordinal) && label.Contains('%', StringComparison.Ordinal))
            {
                taxes += Figure(last);
            }
            else if (label == labels.Total)
            {
                total = Figure(last);
            }
        }

        Assert.Equal(document.Groups.Sum(group => group.Lines.Count), lines);
        Assert.Equal((all, 0m), (subtotal, inGroup));
        Assert.Equal(subtotal + discounts + taxes, total);
        Assert.Equal(document.Totals.Total.Amount, total);
    }

    /// <summary>The cells of each line of type, from top to bottom, without spaces: columns stand at least 11 points apart, words 3 at most.</summary>
    private static IEnumerable<List<string>> Rows(Page page)
    {
        foreach (var row in page.Letters.Where(letter => !string.IsNullOrWhiteSpace(letter.Value)).GroupBy(letter => Math.Round(letter.StartBaseLine.Y * 4)).OrderByDescending(row => row.Key))
        {
            var (cells, end) = (new List<string>(), double.MinValue);
            foreach (var letter in row.OrderBy(letter => letter.StartBaseLine.X))
            {
                if (letter.StartBaseLine.X - end > 6)
                    cells.Add("");

                cells[^1] += letter.Value;
                end = letter.EndBaseLine.X;
            }

            yield return cells;
        }
    }
}
