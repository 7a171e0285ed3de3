using System.Globalization;
using MspBilling.Core;

namespace MspBilling.Local.Output;

/// <summary>Figures as the console shows them, in the user's own culture.</summary>
internal static class Texts
{
    public static string Of(Money money) => money.Amount.ToString("N" + money.Currency.MinorUnits.ToString(CultureInfo.InvariantCulture), CultureInfo.CurrentCulture);

    public static string WithCurrency(Money money) => $"{Of(money)} {money.Currency.Code}";

    public static string Of(IEnumerable<Money> amounts) => string.Join(" + ", amounts.Select(WithCurrency));

    /// <summary>One amount a line, for a cell.</summary>
    public static string LinesOf(IEnumerable<Money> amounts) => string.Join('\n', amounts.Select(WithCurrency));

    public static string Of(decimal quantity) => quantity.ToString("#,0.##", CultureInfo.CurrentCulture);

    public static string Of(int count) => count.ToString("N0", CultureInfo.CurrentCulture);

    public static string Of(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
