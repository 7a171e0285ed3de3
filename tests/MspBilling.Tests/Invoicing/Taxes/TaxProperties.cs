using CsCheck;
using MspBilling.Core;
using MspBilling.Core.Clients;
using MspBilling.Core.Invoicing;
using Xunit;

namespace MspBilling.Tests.Invoicing.Taxes;

/// <summary>What holds of the taxes of every document, whatever its lines, rates, currency and rounding, and of the credit notes of it.</summary>
public sealed class TaxProperties
{
    private const int Cases = 10_000;

    private static readonly AppliedRate[] Rates =
    [
        new("VAT", 23, TaxCategory.Standard, Order: 0), new("State", 6.25m, TaxCategory.Standard, Order: 1), new("City", 2, TaxCategory.Standard, Order: 2),
        new("GST", 5, TaxCategory.Standard, Order: 3), new("QST", 9.5m, TaxCategory.Standard, IsCompound: true, Order: 4), new("Zero", 0, TaxCategory.Zero, Order: 5),
        new("MCTD", 0.375m, TaxCategory.Standard, Order: 6),
    ];

    private static readonly AppliedRate[][] Treatments = [[Rates[0]], [Rates[1], Rates[2]], [Rates[3], Rates[4]], [Rates[3]], [Rates[5]], [Rates[1], Rates[6]], []];

    private static readonly Gen<Document> Documents = Gen.Select(
        Gen.OneOf("EUR", "JPY", "KWD"), Gen.Select(Gen.Int[-500_000, 1_000_000], Gen.Int[0, Treatments.Length - 1]).Array[1, 20], Gen.Bool, Gen.Bool,
        (code, lines, isPerLine, isIncluded) =>
        {
            var currency = Currency.Of(code);
            var unit = new decimal(1, 0, 0, false, (byte)currency.MinorUnits);
            return new Document(currency, [.. lines.Select(line => new TaxedAmount(new Money(line.Item1 * unit, currency), Treatments[line.Item2]))], isPerLine, isIncluded);
        });

    [Fact]
    public void AnyDocument_SharesAddUpToItsTaxesAndNetsToItsAmounts() => Documents.Sample(
        document =>
        {
            var taxation = document.Tax();

            Assert.Equal(document.Lines.Count, taxation.Lines.Count);
            for (var place = 0; place < taxation.Taxes.Count; place++)
            {
                var shares = taxation.Lines.SelectMany(line => line.Shares).Where(share => share.Of == place);
                Assert.Equal(taxation.Taxes[place].Tax, Money.Sum(shares.Select(share => share.Tax), document.Currency));
            }

            foreach (var (line, tax) in document.Lines.Zip(taxation.Lines))
            {
                Assert.Equal(line.Amount, document.IsIncluded ? tax.Net + tax.Tax : tax.Net);
                Assert.Equal(line.Rates.Count, tax.Shares.Count);
            }
        },
        iter: Cases);

    [Fact]
    public void AnyDocument_BasesAreTheNetsOfTheLinesThatBearThem() => Documents.Sample(
        document =>
        {
            var taxation = document.Tax();
            foreach (var (tax, place) in taxation.Taxes.Select((tax, place) => (tax, place)).Where(each => !each.tax.IsCompound))
            {
                Assert.Equal(Money.Sum(taxation.Lines.Where(line => line.Shares.Any(share => share.Of == place)).Select(line => line.Net), document.Currency), tax.Base);
            }

            // One rate a line: the bases are all of the net.
            var single = document with { Lines = [.. document.Lines.Select(line => line with { Rates = [Rates[line.Rates.Count]] })] };
            Assert.Equal(
                Money.Sum(single.Tax().Lines.Select(line => line.Net), document.Currency), Money.Sum(single.Tax().Taxes.Select(tax => tax.Base), document.Currency));
        },
        iter: Cases);

    [Fact]
    public void AnyDocument_ATaxIsThePercentOfItsBaseRoundedOnce() => Documents.Where(document => !document.IsPerLine && !document.IsIncluded).Sample(
        document => Assert.All(document.Tax().Taxes, tax => Assert.Equal(tax.Base.Percent(tax.Percent), tax.Tax)), iter: Cases);

    [Fact]
    public void AnyDocument_ARateOnEachLineIsThatLinesPercent() => Documents.Where(document => !document.IsIncluded).Sample(
        document =>
        {
            var taxation = (document with { IsPerLine = true }).Tax();
            foreach (var (line, tax) in document.Lines.Zip(taxation.Lines).Where(each => each.First.Rates.All(rate => !rate.IsCompound)))
            {
                Assert.Equal(line.Rates.Select(rate => line.Amount.Percent(rate.Percent)), tax.Shares.Select(share => share.Tax));
            }
        },
        iter: Cases);

    [Fact]
    public void AnyDocument_TheOrderOfItsLinesChangesNoTax() => Gen.Select(Documents, Gen.Int[0, 1_000_000]).Sample(
        (document, seed) =>
        {
            // A tax of tax takes the lines' shares of the other, whose last cent goes by the order of the lines.
            var simple = document with { Lines = [.. document.Lines.Where(line => line.Rates.All(rate => !rate.IsCompound)).DefaultIfEmpty(new TaxedAmount(Money.Zero(document.Currency), []))] };
            var turned = simple with { Lines = [.. simple.Lines.Select((line, place) => (line, Key: (place * 7_919L) + (seed * 31L % (place + 3)))).OrderByDescending(each => each.Key).Select(each => each.line)] };

            Assert.Equal(simple.Tax().Taxes.Select(Tax), turned.Tax().Taxes.Select(Tax));
            static (string, decimal, Money) Tax(TaxLine tax) => (tax.Name, tax.Percent, tax.Tax);
        },
        iter: Cases);

    [Fact]
    public void AnyNet_WithItsTaxIncluded_GivesBackNetAndTax() => Gen.Select(Gen.Int[-1_000_000, 1_000_000], Gen.Int[1, 4_000], Gen.OneOf("EUR", "JPY", "KWD")).Sample(
        (units, percent, code) =>
        {
            var currency = Currency.Of(code);
            var net = new Money(units * new decimal(1, 0, 0, false, (byte)currency.MinorUnits), currency);
            AppliedRate[] rate = [new("VAT", percent / 100m, TaxCategory.Standard)];
            var tax = SalesTax.On(currency, [new TaxedAmount(net, rate)]).Taxes[0].Tax;

            var back = SalesTax.On(currency, [new TaxedAmount(net + tax, rate)], isIncluded: true).Taxes[0];

            Assert.Equal((net, tax), (back.Base, back.Tax));
        },
        iter: Cases);

    [Fact]
    public void AnyNotes_GiveBackNeverMoreThanWasChargedAndInTheEndAllOfIt() => Gen.Select(Documents, Gen.Int[0, 100].Array[1, 6]).Sample(
        (document, percents) =>
        {
            var taxation = document.Tax();
            var notes = new List<List<LineTax>>();
            var left = taxation.Lines.Select(line => line.Net).ToList();
            foreach (var percent in percents.Append(100))
            {
                var credited = new List<LineTax>();
                for (var i = 0; i < left.Count; i++)
                {
                    var net = left[i].Percent(percent);
                    credited.Add(CreditedTax.Of(taxation.Lines[i], [.. notes.Select(note => note[i])], net));
                    left[i] -= net;
                }

                notes.Add(credited);
                for (var i = 0; i < left.Count; i++)
                {
                    foreach (var share in taxation.Lines[i].Shares)
                    {
                        var given = notes.Sum(note => note[i].Shares.Single(s => s.Of == share.Of).Tax.Amount);
                        Assert.InRange(given, Math.Min(0, share.Tax.Amount), Math.Max(0, share.Tax.Amount));
                    }
                }
            }

            var all = notes.SelectMany(note => CreditedTax.Of(taxation.Taxes, note)).ToList();
            foreach (var tax in taxation.Taxes)
            {
                var given = all.Where(note => (note.Name, note.Percent) == (tax.Name, tax.Percent)).ToList();
                Assert.Equal((tax.Base, tax.Tax), (Money.Sum(given.Select(note => note.Base), document.Currency), Money.Sum(given.Select(note => note.Tax), document.Currency)));
            }
        },
        iter: Cases);

    private sealed record Document(Currency Currency, IReadOnlyList<TaxedAmount> Lines, bool IsPerLine, bool IsIncluded)
    {
        public Taxation Tax() => SalesTax.On(Currency, Lines, IsPerLine, IsIncluded);
    }
}
