namespace MspBilling.Core.Invoicing;

/// <summary>The tax of a credit note is the tax of what it credits: of each line's own taxes the part that is credited, and the last note has the cent that is left.</summary>
/// <remarks>
/// A line of 10.00 bears 0.70. Credited by 3.33, 3.33 and 3.34, all that is credited by then has 0.2331 = 0.23, 0.4662 = 0.47 and 0.70, so that the notes have 0.23, 0.24 and
/// 0.23: never more than was charged, and in the end all of it. Whatever made the invoice's tax (a document's rate, a line's, a compound one, a price that includes it), that of
/// the notes adds up to it.
/// </remarks>
public static class CreditedTax
{
    /// <param name="line">As it was invoiced.</param>
    /// <param name="earlier">What earlier notes credited of it.</param>
    /// <param name="net">What is credited of it now, without tax: of the line's sign, and at most what is left.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is more than what is left of the line, or of the other sign.</exception>
    public static LineTax Of(LineTax line, IReadOnlyCollection<LineTax> earlier, Money net)
    {
        var byNow = Money.Sum(earlier.Select(note => note.Net), net.Currency) + net;
        if (net.Amount * line.Net.Amount < 0 || Math.Abs(byNow.Amount) > Math.Abs(line.Net.Amount) || byNow.Amount * line.Net.Amount < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(net), net, $"{byNow} would be credited of a line of {line.Net}.");
        }

        return new LineTax(net, [.. line.Shares.Select(share => new TaxShare(share.Of, CreditedOf(share.Tax, byNow, line.Net) - Given(share.Of)))]);

        Money Given(int tax) => Money.Sum(earlier.SelectMany(note => note.Shares).Where(share => share.Of == tax).Select(share => share.Tax), net.Currency);
    }

    /// <summary>The taxes of a note, in the order of the invoice's; those that it credits nothing of are not among them.</summary>
    /// <param name="taxes">Of the invoice.</param>
    /// <param name="credited">Of the note's lines.</param>
    public static IReadOnlyList<TaxLine> Of(IReadOnlyList<TaxLine> taxes, IReadOnlyCollection<LineTax> credited) =>
        [.. taxes.Select((tax, place) => (tax, place)).Where(each => credited.Any(line => line.Shares.Any(share => share.Of == each.place))).Select(each => Of(each.tax, each.place, credited))];

    private static TaxLine Of(TaxLine tax, int place, IEnumerable<LineTax> credited)
    {
        var bearing = credited.Where(line => line.Shares.Any(share => share.Of == place)).ToList();
        return tax with
        {
            Base = Money.Sum(bearing.Select(line => SalesTax.BaseOf(tax.IsCompound, line.Net, line.Shares.TakeWhile(share => share.Of != place))), tax.Base.Currency),
            Tax = Money.Sum(bearing.SelectMany(line => line.Shares).Where(share => share.Of == place).Select(share => share.Tax), tax.Tax.Currency),
        };
    }

    private static Money CreditedOf(Money tax, Money credited, Money net) => credited == net ? tax : Rounding.ToMoney(tax.Amount * credited.Amount / net.Amount, tax.Currency);
}
