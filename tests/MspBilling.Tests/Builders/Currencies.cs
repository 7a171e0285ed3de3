using MspBilling.Core;

namespace MspBilling.Tests.Builders;

internal static class Currencies
{
    public static readonly Currency EUR = Currency.Of("EUR");
    public static readonly Currency USD = Currency.Of("USD");
    public static readonly Currency JPY = Currency.Of("JPY");
    public static readonly Currency KWD = Currency.Of("KWD");

    public static Money Eur(decimal amount) => new(amount, EUR);

    public static Money Usd(decimal amount) => new(amount, USD);
}
