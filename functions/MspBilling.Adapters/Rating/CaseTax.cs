using MspBilling.Adapters.Agreements;
using MspBilling.Adapters.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Rating;

/// <summary>Where a case's client is taxed: <c>tax</c>, or nowhere, which is a rate of 0 and not one that is missing.</summary>
internal static class CaseTax
{
    private const string Id = "tax";

    private static readonly TaxJurisdiction None = new("none", "No tax", null, [new TaxRate("No tax", 0, new Period(DateOnly.MinValue, Period.NoEnd))]);

    public static TaxJurisdiction Read(JsonRecord json)
    {
        if (json.OptionalRecord("tax") is not { } tax)
            return None;

        var name = tax.OptionalText("name") ?? "Tax";
        var note = tax.OptionalText("note");
        var rates = new List<TaxRate>();
        foreach (var record in tax.Records("rates"))
        {
            var rate = new TaxRate(record.Text("name"), record.Number("percent", 0, 100), record.InForce());
            record.RefuseOthers();
            if (rates.Exists(other => other.Name == rate.Name && other.InForce.Overlap(rate.InForce) is not null))
                record.Problem(record.Has("from") ? "from" : "name", $"days on which no other rate named {rate.Name} holds");
            rates.Add(rate);
        }

        if (rates.Count == 0 && !tax.Has("rates"))
            tax.Problem("rates", "a list in brackets");
        tax.RefuseOthers();
        return new TaxJurisdiction(Id, name, note, rates);
    }
}
