using System.Collections.Frozen;

namespace MspBilling.Core;

/// <summary>An ISO 4217 currency: its three-letter code and how many places its minor unit has (0, 2, 3 or 4).</summary>
/// <remarks>
/// Codes and minor units are those of ISO 4217 list one (active codes, 2024). Funds codes, metals and test codes are
/// left out: nobody is invoiced in them. <c>default(Currency)</c> is no currency, and every amount refuses it.
/// </remarks>
public readonly record struct Currency
{
    private const string TwoPlaces =
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE "
        + "CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR "
        + "KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB "
        + "PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY "
        + "TTD TWD TZS UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW ZWG";

    private const string NoPlaces = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
    private const string ThreePlaces = "BHD IQD JOD KWD LYD OMR TND";
    private const string FourPlaces = "CLF UYW";

    private static readonly FrozenDictionary<string, int> MinorUnitsByCode =
        new[] { (TwoPlaces, 2), (NoPlaces, 0), (ThreePlaces, 3), (FourPlaces, 4) }
            .SelectMany(list => list.Item1.Split(' ').Select(code => KeyValuePair.Create(code, list.Item2)))
            .ToFrozenDictionary(StringComparer.Ordinal);

    private readonly string? _code;

    private Currency(string code, int minorUnits) => (_code, MinorUnits) = (code, minorUnits);

    public string Code => _code ?? throw new InvalidOperationException("An amount without a currency was used.");

    /// <summary>Places after the point that an amount of this currency has when it is paid.</summary>
    public int MinorUnits { get; }

    /// <exception cref="FormatException">The code is not an active ISO 4217 code in capital letters.</exception>
    public static Currency Of(string code) =>
        TryParse(code, out var currency)
            ? currency
            : throw new FormatException($"'{code}' is not an ISO 4217 currency code such as EUR or USD.");

    public static bool TryParse(string? code, out Currency currency)
    {
        currency = code is not null && MinorUnitsByCode.TryGetValue(code, out var minorUnits) ? new Currency(code, minorUnits) : default;
        return currency._code is not null;
    }

    public override string ToString() => _code ?? "(no currency)";
}
