using System.Globalization;
using MspBilling.Core.Time;

namespace MspBilling.Core.Documents;

/// <summary>How figures and dates are written in a document's language.</summary>
/// <remarks>
/// Nothing is rounded here: an amount has its currency's places, a price and a quantity as many as they need.
/// Dates name the month, or start with the year where the region writes them so, so that 9/10 is never asked about.
/// </remarks>
public sealed class DocumentFormat
{
    private static readonly Dictionary<string, string> Symbols = new(StringComparer.Ordinal) { ["EUR"] = "€", ["GBP"] = "£" };

    /// <summary>Numbers by their places, of which a decimal has 28 at most.</summary>
    private static readonly string[] Patterns = [.. Enumerable.Range(0, 29).Select(places => string.Create(CultureInfo.InvariantCulture, $"N{places}"))];

    private readonly CultureInfo _culture;
    private readonly NumberFormatInfo _numbers;
    private readonly string _datePattern;
    private readonly string? _regionSymbol;
    private readonly string _regionCurrency;

    public DocumentFormat(DocumentLanguage language)
    {
        _culture = language.Culture;
        _numbers = (NumberFormatInfo)_culture.NumberFormat.Clone();
        // Some cultures write U+2212, which no spreadsheet takes back when it is copied from the page.
        _numbers.NegativeSign = "-";
        _datePattern = DatePattern(_culture.DateTimeFormat);
        var region = new RegionInfo(_culture.Name);
        (_regionCurrency, _regionSymbol) = (region.ISOCurrencySymbol, region.CurrencySymbol);
    }

    /// <summary>An amount in a column whose currency is known: 1,234.50.</summary>
    public string Figure(Money money) => Number(money.Amount, money.Currency.MinorUnits);

    /// <summary>An amount with its currency: the symbol where it can mean only one, else the ISO code: €1,234.50, KWD 1,234.500.</summary>
    public string Amount(Money money)
    {
        var symbol = money.Currency.Code == _regionCurrency ? _regionSymbol : Symbols.GetValueOrDefault(money.Currency.Code);
        if (symbol is null || symbol == money.Currency.Code)
            return SymbolFirst ? $"{money.Currency.Code}\u00A0{Figure(money)}" : $"{Figure(money)}\u00A0{money.Currency.Code}";

        var numbers = (NumberFormatInfo)_numbers.Clone();
        numbers.CurrencySymbol = symbol;
        return money.Amount.ToString(string.Create(CultureInfo.InvariantCulture, $"C{money.Currency.MinorUnits}"), numbers);
    }

    /// <summary>At least the currency's places, and all that the price has.</summary>
    public string Price(UnitPrice price) => Number(price.Amount, Math.Max(price.Currency.MinorUnits, Places(price.Amount)));

    public string Quantity(decimal quantity) => Number(quantity, Places(quantity));

    /// <summary>23 reads 23%, or 23 % where the language sets a space.</summary>
    public string Percent(decimal percent)
    {
        var share = percent / 100m;
        return share.ToString(string.Create(CultureInfo.InvariantCulture, $"P{Places(percent)}"), _numbers);
    }

    public string Date(DateOnly date) => date.ToString(_datePattern, _culture);

    /// <summary>First and last day, both inclusive.</summary>
    public string Span(Period period) => period.Days == 1 ? Date(period.Start) : $"{Date(period.Start)} – {Date(period.LastDay)}";

    public string Count(int count) => count.ToString(_numbers);

    /// <summary>Puts values into a label's placeholders.</summary>
    public string Fill(string label, params ReadOnlySpan<object?> values) => string.Format(_culture, label, values);

    private bool SymbolFirst => _numbers.CurrencyPositivePattern is 0 or 2;

    private string Number(decimal value, int places) => value.ToString(Patterns[places], _numbers);

    /// <summary>Places without trailing zeros: 12.50 has one.</summary>
    private static int Places(decimal value) => (value / 1.0000000000000000000000000000m).Scale;

    private static string DatePattern(DateTimeFormatInfo dates)
    {
        // Spanish's de stands between a day and a whole month only.
        var dayAndMonth = dates.MonthDayPattern.Replace("MMMM", "MMM", StringComparison.Ordinal).Replace("'de' ", "", StringComparison.Ordinal);
        if (dates.ShortDatePattern.StartsWith('y') || !dayAndMonth.Contains("MMM", StringComparison.Ordinal))
            return dates.ShortDatePattern;

        return dayAndMonth.StartsWith('M') ? dayAndMonth + ", yyyy" : dayAndMonth + " yyyy";
    }
}
