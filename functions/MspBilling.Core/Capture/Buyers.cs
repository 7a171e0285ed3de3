using MspBilling.Core.Clients;

namespace MspBilling.Core.Capture;

/// <summary>A client as electronic invoices name it: what the PSA knows of its company, under what the settings say of it.</summary>
internal static class Buyers
{
    public static BuyerDetails Of(Company company, BuyerDetails? settings, EInvoiceSettings electronic)
    {
        var country = company.CountryName is not { } name ? null : electronic.CountryNames.GetValueOrDefault(name) ?? (CountryCodes.IsKnown(name) ? name : null);
        var known = company.Address is { } address ? address with { Country = country } : country is null ? null : new PostalAddress { Country = country };
        return (settings ?? new BuyerDetails()) with { Address = settings?.Address?.Over(known) ?? known };
    }
}
