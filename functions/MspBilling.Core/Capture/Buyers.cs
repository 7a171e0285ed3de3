using MspBilling.Core.Clients;

namespace MspBilling.Core.Capture;

/// <summary>A client as electronic invoices name it: what the PSA knows of its company, under what the settings say of it.</summary>
internal static class Buyers
{
    /// <remarks>Its country is that of its address in the settings, else the one that it is taxed in, else the PSA's by its name or code.</remarks>
    public static BuyerDetails Of(Company company, ClientSettings? client, EInvoiceSettings electronic)
    {
        var named = company.CountryName is not { } name ? null : electronic.CountryNames.GetValueOrDefault(name) ?? (CountryCodes.IsKnown(name) ? name : null);
        var country = client?.Country ?? named;
        var known = company.Address is { } address ? address with { Country = country } : country is null ? null : new PostalAddress { Country = country };
        var settings = client?.EInvoice;
        return (settings ?? new BuyerDetails()) with { Address = settings?.Address?.Over(known) ?? known };
    }
}
