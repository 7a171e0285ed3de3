using System.Globalization;
using System.Text;
using MspBilling.Core;

namespace MspBilling.Local.Output;

/// <summary>Text that is the same on every machine, as the explanations' figures are.</summary>
internal static class PlainText
{
    public static string Of(Money money) => money.Amount.ToString("N" + money.Currency.MinorUnits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    public static void Line(this StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture).TrimEnd()).Append('\n');
}
