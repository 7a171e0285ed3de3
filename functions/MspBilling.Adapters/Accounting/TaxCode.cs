using System.Globalization;
using MspBilling.Core.Invoicing;

namespace MspBilling.Adapters.Accounting;

/// <summary>What an accounting system calls the tax rates that a line bears together.</summary>
/// <remarks>
/// Accounting systems put one tax on a line, so a state's and a city's rate are one combined rate there: 6.25 % and 2 % are the code
/// of 8.25 %. The percentage is part of the mapping, so that a rate that changes is not booked under the old one's code.
/// </remarks>
/// <param name="Code">Written to the file as it stands.</param>
/// <param name="Percent">Of all the rates together.</param>
/// <param name="Rates">Names of the rates as our tax jurisdictions have them, in any order; none for a line without tax rates.</param>
public sealed record TaxCode(string Code, decimal Percent, IReadOnlyList<string> Rates)
{
    /// <param name="taxes">Those that a line bears.</param>
    /// <exception cref="PermanentAccountingException">No code stands for the rates.</exception>
    internal static string Of(string system, string number, IReadOnlyList<TaxLine> taxes, IReadOnlyList<TaxCode> codes)
    {
        var percent = taxes.Sum(tax => tax.Percent);
        var rates = Sorted(taxes.Select(tax => tax.Name));
        if (codes.Count == 0)
        {
            return rates.Count == 0 ? "No tax" : string.Create(CultureInfo.InvariantCulture, $"{string.Join(" + ", rates)} {percent:0.####}%");
        }

        return codes.FirstOrDefault(code => code.Percent == percent && Sorted(code.Rates).SequenceEqual(rates))?.Code
            ?? throw new PermanentAccountingException(string.Create(
                CultureInfo.InvariantCulture,
                $"Invoice {number}: no {system} tax code is set for {(rates.Count == 0 ? "lines without tax" : string.Join(" + ", taxes.Select(tax => tax.Name)))} at {percent:0.####} %. Add one to the accounting settings and send the invoice again."));
    }

    private static List<string> Sorted(IEnumerable<string> rates) => [.. rates.Order(StringComparer.Ordinal)];
}
