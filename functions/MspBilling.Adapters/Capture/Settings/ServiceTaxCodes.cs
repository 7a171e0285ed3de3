using MspBilling.Core.Clients;

namespace MspBilling.Adapters.Capture.Settings;

/// <summary>The settings' <c>serviceTaxCodes</c>: <c>[{"code":"software","services":["Cloud usage"],"skus":["M365BP"]}]</c>, each service and product once.</summary>
internal static class ServiceTaxCodes
{
    public static IReadOnlyList<ServiceTaxCode> Read(JsonRecord json)
    {
        var (services, skus) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        return json.DistinctRecords("serviceTaxCodes", record => Code(record, services, skus), code => code.Code, "code", "each tax code once");
    }

    private static ServiceTaxCode Code(JsonRecord json, HashSet<string> services, HashSet<string> skus)
    {
        var code = new ServiceTaxCode(json.Text("code"), Once(json, "services", services, "a service that has no other tax code"), Once(json, "skus", skus, "a product that has no other tax code"));
        if (code.Services.Count + code.Skus.Count == 0 && !json.Has("services") && !json.Has("skus"))
            json.Problem("services", "the services or the skus that have the code");
        return code;
    }

    private static IReadOnlyList<string> Once(JsonRecord json, string name, HashSet<string> taken, string expected)
    {
        var texts = json.Texts(name);
        for (var i = 0; i < texts.Count; i++)
        {
            if (!taken.Add(texts[i]) && texts[i].Length > 0)
                json.ItemProblem(name, i, expected);
        }

        return texts;
    }
}
