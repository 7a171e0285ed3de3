namespace MspBilling.Core.Clients;

/// <summary>Which jurisdiction taxes a client: the one that its tax code names, else the one of its country.</summary>
/// <remarks>
/// <para>A jurisdiction says for which countries it stands, and whether for businesses, for private customers, or both. That is how the European Union's
/// one-stop shop (Art. 58 and 369a ff. of Directive 2006/112/EC) and reverse charge (Art. 44 and 196) are written: an MSP in Ireland has one jurisdiction for the private customers of Germany, at
/// 19 %, and one for the businesses of all other member states, at 0 % with the text of the reverse charge.</para>
/// <para>A client with a tax number is a business. A number that cannot be one of its country by its form is neither taken for a business's nor ignored: it has to be mended, because
/// one way the MSP would owe the tax itself, the other way the client would pay it twice.</para>
/// </remarks>
public static class PlaceOfSupply
{
    /// <summary>Stands for every country that no other jurisdiction names.</summary>
    public const string Elsewhere = "*";

    /// <returns>The jurisdiction, or what has to be mended first.</returns>
    public static (TaxJurisdiction? Jurisdiction, string? Problem) Of(Client client, IReadOnlyList<TaxJurisdiction> jurisdictions)
    {
        if (client.TaxCode is { } code)
        {
            return jurisdictions.FirstOrDefault(j => j.Id == code) is { } named ? (named, null) : (null, $"Tax code {code} of {client.Name} is no tax jurisdiction of the settings.");
        }

        if (client.Country is not { } country)
        {
            return (null, $"{client.Name} has no tax code, and no country that could tell where it is taxed.");
        }

        var there = jurisdictions.Where(j => j.Countries.Contains(country)).ToList();
        if (there.Count == 0)
        {
            there = [.. jurisdictions.Where(j => j.Countries.Contains(Elsewhere))];
        }

        if (client.TaxNumber is { } number && there.Exists(j => j.Customers is not null) && !VatNumberForm.IsOf(country, number))
        {
            return (null, $"{number} of {client.Name} cannot be a tax number of {country}, so that it is not known whether it is taxed as a business. Correct the number or take it away.");
        }

        var kind = client.TaxNumber is null ? CustomerKind.Private : CustomerKind.Business;
        return there.FirstOrDefault(j => j.Customers is null || j.Customers == kind) is { } found
            ? (found, null)
            : (null, $"{client.Name} has no tax code, and no tax jurisdiction of the settings is for {(kind == CustomerKind.Business ? "businesses" : "private customers")} in {country}.");
    }
}
