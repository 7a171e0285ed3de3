using MspBilling.Core.Clients;
using MspBilling.Core.Invoicing;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Invoicing.Taxes;

public sealed class CreditedTaxTests
{
    private static LineTax Line(decimal net, params decimal[] taxes) => new(Eur(net), [.. taxes.Select((tax, place) => new TaxShare(place, Eur(tax)))]);

    [Theory]
    [InlineData(10.00, 0.70, "3.33 3.33 3.34", "0.23 0.24 0.23")] // 0.2331, 0.4662 and 0.70 by then
    [InlineData(10.00, 0.69, "3.33 3.33 3.34", "0.23 0.23 0.23")] // 0.2298 and 0.4595
    [InlineData(10.00, 2.30, "10.00", "2.30")]
    [InlineData(10.00, 2.30, "0.01 9.99", "0.00 2.30")] // 0.0023
    [InlineData(-40.00, -9.20, "-20.00 -20.00", "-4.60 -4.60")]
    [InlineData(0.03, 0.01, "0.01 0.01 0.01", "0.00 0.01 0.00")] // 0.0033, 0.0067 and 0.01
    [InlineData(100.00, 0, "50.00 50.00", "0.00 0.00")]
    public void Of_PartsOfALine_HaveItsTaxAndTheLastNoteTheCent(decimal net, decimal tax, string parts, string expected)
    {
        var notes = new List<LineTax>();
        foreach (var part in parts.Split(' '))
        {
            notes.Add(CreditedTax.Of(Line(net, tax), [.. notes], Eur(decimal.Parse(part, System.Globalization.CultureInfo.InvariantCulture))));
        }

        Assert.Equal(expected, string.Join(' ', notes.Select(note => note.Tax.Amount)));
    }

    [Theory]
    [InlineData(10.00, 10.01)]
    [InlineData(10.00, -0.01)]
    [InlineData(-10.00, 0.01)]
    [InlineData(-10.00, -10.01)]
    public void Of_MoreThanTheLine_IsRefused(decimal net, decimal credited) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CreditedTax.Of(Line(net, 2.30m), [], Eur(credited)));

    [Fact]
    public void Of_MoreThanIsLeft_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => CreditedTax.Of(Line(10.00m, 2.30m), [Line(6.00m, 1.38m)], Eur(4.01m)));

    [Fact]
    public void Of_LinesOfANote_AreItsTaxesAndTaxesOnTax()
    {
        // 100.00 with 5.00 GST and 9.98 QST on 105.00; half of it is 50.00 with 2.50 and, of 52.50, 4.99.
        IReadOnlyList<TaxLine> invoiced = [new("GST", 5, Eur(100), Eur(5)), new("QST", 9.5m, Eur(105), Eur(9.98m)) { IsCompound = true }, new("Other", 7, Eur(10), Eur(0.70m))];

        var note = CreditedTax.Of(invoiced, [CreditedTax.Of(Line(100, 5, 9.98m), [], Eur(50))]);

        Assert.Equal([("GST", Eur(50), Eur(2.50m)), ("QST", Eur(52.50m), Eur(4.99m))], note.Select(tax => (tax.Name, tax.Base, tax.Tax)));
        Assert.True(note[1].IsCompound);
        Assert.All(note, tax => Assert.Equal(TaxCategory.Standard, tax.Category));
    }
}
