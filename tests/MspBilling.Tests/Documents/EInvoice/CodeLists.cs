using System.Globalization;

namespace MspBilling.Tests.Documents.EInvoice;

/// <summary>The code lists of EN 16931, as far as codes of them are written here, and the rules that ask for them.</summary>
internal static class CodeLists
{
    private static readonly string[] DocumentTypes = ["380", "381", "384", "389"];
    private static readonly string[] PaymentMeans = ["1", "10", "30", "31", "42", "48", "49", "57", "58", "59", "97", "ZZZ"];
    private static readonly string[] VatCategories = ["AE", "E", "S", "Z", "G", "O", "K", "L", "M"];
    private static readonly string[] AllowanceReasons = ["41", "42", "60", "62", "63", "64", "65", "66", "67", "68", "70", "71", "88", "95", "100", "102", "103", "104", "105"];
    private static readonly string[] ChargeReasons = ["AA", "ABL", "ADR", "FC", "PC", "ZZZ"];
    private static readonly string[] ExemptionReasons = ["VATEX-EU-AE", "VATEX-EU-IC", "VATEX-EU-G", "VATEX-EU-O", "VATEX-EU-132", "VATEX-EU-143"];
    private static readonly string[] Units = ["C62", "HUR", "MIN", "SEC", "DAY", "WEE", "MON", "QAN", "SAN", "ANN", "2P", "4L", "E34", "E35", "E36", "KMT", "SMI", "KWH"];
    private static readonly string[] AddressSchemes = ["0002", "0060", "0088", "0184", "0192", "0208", "9930", "9935", "9945", "EM"];

    public static IReadOnlyList<Rule> Rules { get; } =
    [
        new("BR-CL-01", "The type is of UNTDID 1001", i => DocumentTypes.Contains(i.TypeCode)),
        new("BR-CL-03", "Every amount's currency is of ISO 4217", i => i.AmountCurrencies.All(IsCurrency)),
        new("BR-CL-04", "The currency is of ISO 4217", i => IsCurrency(i.Currency)),
        new("BR-CL-05", "The accounting currency is of ISO 4217", i => i.TaxCurrency is null || IsCurrency(i.TaxCurrency)),
        new("BR-CL-11", "A registration's scheme is of ISO 6523", i => new[] { i.Seller, i.Buyer }.Select(p => p?.RegistrationScheme).OfType<string>().All(AddressSchemes.Contains)),
        new("BR-CL-14", "Countries are of ISO 3166-1", i => new[] { i.Seller?.Country, i.Buyer?.Country, i.DeliverTo }.OfType<string>().All(IsCountry)),
        new("BR-CL-16", "The means of payment is of UNTDID 4461", i => i.Payment?.Code is not { } code || PaymentMeans.Contains(code)),
        new("BR-CL-17", "Breakdowns' categories are of UNTDID 5305", i => i.Breakdown.Select(v => v.Category).OfType<string>().All(VatCategories.Contains)),
        new("BR-CL-18", "Lines' categories are of UNTDID 5305", i => i.Lines.Select(l => l.Category).OfType<string>().All(VatCategories.Contains)),
        new("BR-CL-19", "Allowances' reasons are of UNTDID 5189", i => Reasons(i, "false").All(AllowanceReasons.Contains)),
        new("BR-CL-20", "Charges' reasons are of UNTDID 7161", i => Reasons(i, "true").All(ChargeReasons.Contains)),
        new("BR-CL-22", "Reasons for no VAT are of the VATEX list", i => i.Breakdown.Select(v => v.ReasonCode).OfType<string>().All(ExemptionReasons.Contains)),
        new("BR-CL-23", "Units are of UN/ECE Recommendation 20", i => i.Lines.Select(l => l.UnitCode).Concat(i.Lines.Select(l => l.BaseUnitCode)).OfType<string>().All(Units.Contains)),
        new("BR-CL-25", "Electronic addresses' schemes are of the EAS list", i => new[] { i.Seller?.EndpointScheme, i.Buyer?.EndpointScheme }.OfType<string>().All(AddressSchemes.Contains)),
    ];

    public static bool IsVatCountry(string prefix) => prefix is "EL" or "XI" || IsCountry(prefix);

    private static IEnumerable<string> Reasons(ReadInvoice i, string indicator) =>
        i.Allowances.Concat(i.Lines.SelectMany(l => l.Allowances)).Where(a => a.Indicator == indicator).Select(a => a.ReasonCode).OfType<string>();

    private static bool IsCountry(string code)
    {
        try
        {
            return new RegionInfo(code).TwoLetterISORegionName == code;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool IsCurrency(string? code) =>
        CultureInfo.GetCultures(CultureTypes.SpecificCultures).Where(culture => culture.Name.Length > 0).Any(culture => new RegionInfo(culture.Name).ISOCurrencySymbol == code);
}
