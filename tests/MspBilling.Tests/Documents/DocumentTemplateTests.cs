using MspBilling.Core;
using MspBilling.Core.Clients;
using MspBilling.Core.Documents;
using Xunit;

namespace MspBilling.Tests.Documents;

public sealed class DocumentTemplateTests
{
    private static readonly Currency Eur = Currency.Of("EUR");

    [Theory]
    [InlineData("de-DE", "Rechnung", "Leistungszeitraum", "Pos. Bezeichnung Menge Einheit Einzelpreis Rabatt Nettobetrag", "Seite 1 von 2")]
    [InlineData("fr-FR", "Facture", "Période de prestation", "N° Désignation Quantité Unité Prix unitaire Remise Montant HT", "Page 1 sur 2")]
    [InlineData("es-ES", "Factura", "Periodo de servicio", "N.º Concepto Cantidad Unidad Precio unitario Descuento Importe neto", "Página 1 de 2")]
    [InlineData("pl-PL", "Faktura", "Okres świadczenia usług", "Lp. Nazwa usługi lub towaru Ilość J.m. Cena jedn. Rabat Wartość netto", "Strona 1 z 2")]
    public void Render_InLanguage_PrintsItsWordsAndNoReplacement(string language, string title, string period, string header, string page)
    {
        using var invoice = new RenderedInvoice(SampleInvoices.OfLines(60) with { Language = DocumentLanguage.Of(language) });

        Assert.Contains(title, invoice.Lines);
        Assert.Contains(period, invoice.Text, StringComparison.Ordinal);
        Assert.Contains(header, invoice.Lines);
        Assert.Contains(invoice.Lines, line => line.EndsWith(page, StringComparison.Ordinal));
        Assert.DoesNotContain('\uFFFD', invoice.Text);
        Assert.DoesNotContain("seat", invoice.Lines.SelectMany(line => line.Split(' ')));
    }

    [Fact]
    public void Render_OfCreditNote_NamesItsInvoiceAndAsksForNothing()
    {
        var document = SampleInvoices.OfLines(2) with { Kind = DocumentKind.CreditNote, Number = "CN-7", Credits = new CreditedInvoice("HL-000041", new DateOnly(2024, 8, 31), "Wrong quantity"), PaymentTerms = "", PaymentInstructions = [] };

        using var note = new RenderedInvoice(document);

        Assert.Contains("Credits invoice HL-000041 of 31 Aug 2024", note.Lines);
        Assert.Contains("Reason: Wrong quantity", note.Lines);
        Assert.Contains("Amount credited", note.Lines);
        Assert.All(["Due date", "Payment", "Invoice number"], word => Assert.DoesNotContain(word, note.Text, StringComparison.Ordinal));
        Assert.Equal("Credit note CN-7", note.Information.Title);
    }

    [Fact]
    public void Render_OfAppliedCredit_ShowsWhatIsStillDue()
    {
        var document = SampleInvoices.OfLine(SampleInvoices.Line(1, Eur) with { Net = new Money(100, Eur) });
        document = document with
        {
            Totals = document.Totals with { Applied = [new(AppliedCreditKind.Prepayment, null, new Money(-20, Eur)), new(AppliedCreditKind.AccountCredit, "CN-7", new Money(-3, Eur))] },
        };

        using var invoice = new RenderedInvoice(document);

        // 123.00 with tax, less 20.00 and 3.00
        Assert.Contains("Total€123.00Paid from prepayment-€20.00Paid by credit CN-7-€3.00Amount due€100.00", invoice.Text, StringComparison.Ordinal);
        Assert.Contains("€100.00", invoice.Lines.SkipWhile(line => !line.StartsWith("Amount due", StringComparison.Ordinal)).Take(4));
    }

    [Fact]
    public void Render_WithColumns_PrintsTheseInThisOrder()
    {
        var document = SampleInvoices.OfLines(12) with { Template = new DocumentTemplate { Columns = [LineColumn.UnitPrice, LineColumn.TaxRate, LineColumn.Quantity] } };
        document = document with { Groups = [.. document.Groups.Select(group => group with { Lines = [.. group.Lines.Select(line => line with { TaxPercents = [6.25m, 2] })] })] };

        using var invoice = new RenderedInvoice(document);

        Assert.Contains("No. Description Unit price Tax rate Quantity Net", invoice.Lines);
        Assert.Contains("1 Service desk Łódź, remote support 13.50 6.25% + 2% 2.25 30.38", invoice.Lines);
        Assert.DoesNotContain("-5.00", invoice.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_WithoutGroups_HasNeitherTitlesNorSubtotals()
    {
        var document = SampleInvoices.OfLines(70);
        document = document with { Groups = [new LineGroup("", [.. document.Groups.SelectMany(group => group.Lines)], document.Totals.Subtotal)] };

        using var invoice = new RenderedInvoice(document);

        Assert.DoesNotContain("(continued)", invoice.Text, StringComparison.Ordinal);
        Assert.Equal(1, invoice.Text.Split("Subtotal").Length - 1);
        Assert.Contains(invoice.Lines, line => line.StartsWith("Brought forward", StringComparison.Ordinal));
    }

    [Fact]
    public void Render_WithTexts_PrintsThemInTheirPlaces()
    {
        var document = SampleInvoices.OfLines(60) with { Template = new DocumentTemplate { Intro = "Thank you for September.", ClosingNote = "Call us any time.", FooterLines = ["Bank A, sort code 1", "Managing director N. Kelly"] } };

        using var invoice = new RenderedInvoice(document);

        var text = invoice.Text;
        Assert.InRange(text.IndexOf("Thank you for September.", StringComparison.Ordinal), 0, text.IndexOf("No.Description", StringComparison.Ordinal));
        Assert.True(text.IndexOf("Call us any time.", StringComparison.Ordinal) > text.IndexOf("Please quote", StringComparison.Ordinal));
        Assert.All(invoice.Pages, page => Assert.Equal(
            ["Bank A, sort code 1", "Managing director N. Kelly"], RenderedInvoice.LinesOf(page).TakeLast(2)));
    }

    [Theory]
    [InlineData(PaperSize.A4, 595.28, 841.89)]
    [InlineData(PaperSize.Letter, 612, 792)]
    public void Render_OnPaper_StaysWithinItsMargins(PaperSize paper, double width, double height)
    {
        using var invoice = new RenderedInvoice(SampleInvoices.WithAppendix(90) with { Template = new DocumentTemplate { Paper = paper } });

        Assert.All(invoice.Pages, page =>
        {
            Assert.Equal((width, height), (Math.Round(page.Width, 2), Math.Round(page.Height, 2)));
            Assert.All(page.Letters, letter => Assert.True(letter.EndBaseLine.X <= width - 44 && letter.StartBaseLine.X >= 44 && letter.StartBaseLine.Y > 20, letter.Value));
        });
        Assert.Contains(invoice.Pages[0].Letters, letter => letter.EndBaseLine.X > width - 46);
    }

    [Fact]
    public void Render_WithColors_MakesThemReadable()
    {
        // Yellow text would be lost on white, and black boxes would swallow the text on them.
        var document = SampleInvoices.OfLines(1) with { Template = new DocumentTemplate { TextColor = BrandColor.Parse("#FFEE00"), BoxColor = BrandColor.Parse("#000000") } };

        using var invoice = new RenderedInvoice(document);

        var text = invoice.Pages[0].Letters.First(letter => letter.PointSize > 20).Color.ToRGBValues();
        Assert.True(text is { r: < 0.6, g: < 0.6, b: < 0.1 } && text.r > text.b, text.ToString());
    }

    [Fact]
    public void Render_OfLongWatermark_FitsThePage()
    {
        using var invoice = new RenderedInvoice(SampleInvoices.OfLines(1) with { Watermark = "WERSJA ROBOCZA FAKTURY" });

        var watermark = invoice.Pages[0].Letters.Take("WERSJA ROBOCZA FAKTURY".Length).ToArray();
        Assert.All(watermark, letter => Assert.True(letter.StartBaseLine.X is > 0 and < 595 && letter.StartBaseLine.Y is > 0 and < 842, letter.Value));
    }
}
