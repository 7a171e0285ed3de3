using MspBilling.Core.Clients;

namespace MspBilling.Adapters.Capture.Settings;

/// <summary>The settings' <c>taxJurisdictions</c>: dated rates, of which two of one name never hold on the same day.</summary>
internal static class TaxJurisdictions
{
    public static IReadOnlyList<TaxJurisdiction> Read(JsonRecord json) =>
        json.DistinctRecords("taxJurisdictions", Jurisdiction, jurisdiction => jurisdiction.Id, "id", "each jurisdiction once");

    private static TaxJurisdiction Jurisdiction(JsonRecord json) => new(json.Text("id"), json.Text("name"), json.OptionalText("note"), Rates(json));

    private static List<TaxRate> Rates(JsonRecord json)
    {
        var rates = new List<TaxRate>();
        foreach (var record in json.Records("rates"))
        {
            var rate = new TaxRate(record.Text("name"), record.Number("percent", 0, 100), record.FromTo());
            record.RefuseOthers();
            if (rates.Exists(other => other.Name == rate.Name && other.InForce.Overlap(rate.InForce) is not null))
                record.Problem("from", $"days on which no other rate named {rate.Name} holds");
            rates.Add(rate);
        }

        return rates;
    }
}
