using System.Globalization;

namespace MspBilling.Core.Rating;

/// <summary>Numbers as an explanation prints them, so that whoever reads it can do the sum again.</summary>
/// <remarks>
/// An amount has its currency's places: 1,000 in JPY, 1.250 in KWD. What is multiplied keeps all of its own: 3 x 0.335 is 1.01,
/// where 3 x 0.34 would not be. Thousands are set apart: 1,200.5 GB.
/// </remarks>
internal static class Figures
{
    private const string MorePlaces = "##########";

    public static string Of(Money amount) => amount.Amount.ToString("N" + amount.Currency.MinorUnits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    public static string Of(UnitPrice price) =>
        price.Amount.ToString("#,##0." + new string('0', price.Currency.MinorUnits) + MorePlaces, CultureInfo.InvariantCulture);

    public static string Hours(decimal hours) => hours.ToString("#,##0.00" + MorePlaces, CultureInfo.InvariantCulture);

    public static string Quantity(decimal quantity) => quantity.ToString("#,##0." + MorePlaces, CultureInfo.InvariantCulture);
}
