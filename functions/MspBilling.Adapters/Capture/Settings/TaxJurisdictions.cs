using MspBilling.Core.Clients;

namespace MspBilling.Adapters.Capture.Settings;

/// <summary>The settings' <c>taxJurisdictions</c>: where clients are taxed, each with its <see cref="TaxRates"/>.</summary>
internal static class TaxJurisdictions
{
    private static readonly Dictionary<string, TaxPoint> Points = new(StringComparer.Ordinal)
    {
        ["supplyEnd"] = TaxPoint.SupplyEnd,
        ["supplyStart"] = TaxPoint.SupplyStart,
        ["invoiceDate"] = TaxPoint.InvoiceDate,
    };

    private static readonly Dictionary<string, CustomerKind> Kinds = new(StringComparer.Ordinal) { ["business"] = CustomerKind.Business, ["private"] = CustomerKind.Private };

    private static readonly Dictionary<string, bool> Roundings = new(StringComparer.Ordinal) { ["document"] = false, ["line"] = true };

    /// <param name="codes">Tax codes of services, which rates refer to.</param>
    public static IReadOnlyList<TaxJurisdiction> Read(JsonRecord json, IReadOnlyList<ServiceTaxCode> codes)
    {
        var known = codes.Select(code => code.Code).ToHashSet(StringComparer.Ordinal);
        var places = new List<(string Country, CustomerKind? Customers)>();
        return json.DistinctRecords("taxJurisdictions", record => Jurisdiction(record, known, places), jurisdiction => jurisdiction.Id, "id", "each jurisdiction once");
    }

    private static TaxJurisdiction Jurisdiction(JsonRecord json, HashSet<string> codes, List<(string Country, CustomerKind? Customers)> places)
    {
        var note = json.OptionalText("note");
        var jurisdiction = new TaxJurisdiction(json.Text("id"), json.Text("name"), note, TaxRates.Read(json, codes, note))
        {
            Untaxed = TaxRates.Untaxed(json, codes, note),
            TaxPoint = json.OptionalWord("taxPoint", Points) ?? TaxPoint.SupplyEnd,
            RoundsEachLine = json.OptionalWord("rounding", Roundings) ?? false,
            PricesIncludeTax = json.Flag("pricesIncludeTax"),
            Countries = json.Texts("countries"),
            Customers = json.OptionalWord("customers", Kinds),
        };
        if (jurisdiction.Customers is not null && jurisdiction.Countries.Count == 0 && !json.Has("countries"))
            json.Problem("countries", "the countries of these customers");

        for (var i = 0; i < jurisdiction.Countries.Count; i++)
        {
            var country = jurisdiction.Countries[i];
            if (country != PlaceOfSupply.Elsewhere && !CountryCodes.IsKnown(country))
                json.ItemProblem("countries", i, $"a country like IE, or {PlaceOfSupply.Elsewhere} for all others");
            else if (places.Exists(place => place.Country == country && (place.Customers is null || jurisdiction.Customers is null || place.Customers == jurisdiction.Customers)))
                json.ItemProblem("countries", i, "a country of which no other jurisdiction has the same customers");
            places.Add((country, jurisdiction.Customers));
        }

        return jurisdiction;
    }
}
