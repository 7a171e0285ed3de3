using System.Globalization;

namespace MspBilling.Tests.Rating.Metered;

internal static class Number
{
    /// <summary>A decimal as it is written, because an attribute cannot hold one.</summary>
    public static decimal Of(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
