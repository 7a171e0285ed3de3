using MspBilling.Adapters.Documents;
using MspBilling.Core;
using MspBilling.Core.Documents;
using Xunit;

namespace MspBilling.Tests.Documents;

public sealed class StatementTests
{
    private static readonly Currency Eur = Currency.Of("EUR");

    [Fact]
    public void Of_Entries_AddsUpAfterEach()
    {
        var account = SampleStatements.Account("EUR");

        // 1,000.00 + 250.50 - 1,000.00 - 50.50 + 10.00
        Assert.Equal([1250.50m, 250.50m, 200m, 210m], account.Lines.Select(line => line.Balance.Amount));
        Assert.Equal(210m, account.Closing.Amount);
    }

    [Fact]
    public void Of_AgeingThatDoesNotAddUp_IsRefused()
    {
        var zero = Money.Zero(Eur);

        var refused = Assert.Throws<ArgumentException>(() => StatementAccount.Of(new Money(5, Eur), [], new Ageing(zero, zero, zero, zero, new Money(4, Eur))));

        Assert.StartsWith("What is open adds up to 4.00 EUR, but the statement ends at 5.00 EUR.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_OfOneAccount_TellsEveryMovementAndTheAges()
    {
        using var statement = new RenderedInvoice(SampleStatements.Of("en-IE", SampleStatements.Account("EUR")));
        var lines = statement.Lines.ToArray();

        Assert.Contains("1 Sept 2024 – 30 Sept 2024", statement.Text, StringComparison.Ordinal);
        Assert.Contains("Balance due", lines);
        Assert.Contains("€210.00", lines);
        string[] expected =
        [
            "Date Entry Reference Due date Amount Balance", "Opening balance 1,000.00", "1 Sept 2024 Invoice HL-002041 30 Sept 2024 250.50 1,250.50", "10 Sept 2024 Payment SEPA 4711-1 -1,000.00 250.50",
            "12 Sept 2024 Credit note CN-000007 -50.50 200.00", "20 Sept 2024 Late fee 10.00 210.00", "Closing balance 210.00",
            "Open by days overdue Not yet due 1–30 days 31–60 days 61–90 days Over 90 days Balance", "EUR 200.00 10.00 0.00 0.00 0.00 210.00", "Payment", "IBAN IE29 AIBK 9311 5212 3456 78",
        ];
        Assert.Equal(expected, lines.Where(line => expected.Contains(line)));
        Assert.Equal(("Statement of account", "Northwind Managed IT Ltd"), (statement.Information.Title, statement.Information.Author));
    }

    [Fact]
    public void Render_OfTwoCurrencies_KeepsThemApart()
    {
        using var statement = new RenderedInvoice(SampleStatements.Of("en-IE", SampleStatements.Account("EUR"), SampleStatements.Account("KWD")));

        Assert.Contains("€210.00 · KWD 210.000", statement.Lines.Select(line => line.Replace('\u00A0', ' ')));
        Assert.Contains("Account in EUR", statement.Lines);
        Assert.Contains("KWD 200.000 10.000 0.000 0.000 0.000 210.000", statement.Lines);
    }

    [Fact]
    public void Render_OfNothing_SaysSo()
    {
        using var statement = new RenderedInvoice(SampleStatements.Of("de-DE"));

        Assert.Contains("Keine Vorgänge in diesem Zeitraum, und nichts ist offen.", statement.Lines);
    }

    [Fact]
    public void Render_OfManyEntries_RepeatsTheHeaderAndKeepsTheEndTogether()
    {
        for (var payments = 20; payments < 60; payments++)
        {
            using var statement = new RenderedInvoice(SampleStatements.Of("en-IE", SampleStatements.Account("EUR", payments)) with { StatementDate = new DateOnly(2024, 10, payments % 28 + 1) });
            var last = RenderedInvoice.LinesOf(statement.Pages[^1]).ToArray();

            Assert.All(statement.Pages, page =>
            {
                var lines = RenderedInvoice.LinesOf(page).ToArray();
                // More than the page's head and foot, and no movement without the table's header.
                Assert.True(lines.Length > 2, $"An empty page with {payments} payments.");
                Assert.Equal(lines.Any(line => line.Contains(" Payment SEPA ", StringComparison.Ordinal) || line.Contains("Late fee", StringComparison.Ordinal)), lines.Contains("Date Entry Reference Due date Amount Balance"));
            });
            Assert.Equal(last.Contains("EUR 200.00 10.00 0.00 0.00 0.00 210.00"), last.Contains("20 Sept 2024 Late fee 10.00 210.00"));
        }
    }

    [Fact]
    public void Render_Twice_GivesTheSameBytes()
    {
        var document = SampleStatements.Of("pl-PL", SampleStatements.Account("PLN"));

        Assert.Equal(new PdfStatementRenderer().Render(document), new PdfStatementRenderer().Render(document));
    }
}
