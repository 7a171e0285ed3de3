using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary><c>GET /Client</c> and <c>GET /Client/{id}</c></summary>
/// <remarks>
/// Settings name a client by its name, as Halo has no short one. The tax code is the number of its services' (<c>service_tax_code</c>). Address and
/// currency are only in the answer for one client.
/// </remarks>
internal static class Clients
{
    private static readonly string[] AddressFields = ["line1", "line2", "line3", "line4", "postcode"];

    public static Company Read(JsonRecord json, HaloPage page)
    {
        var id = json.IdText("id");
        var name = json.Text("name");
        return new Company
        {
            Id = HaloFields.RecordId(RecordKind.Company, id),
            Revision = json.Moment("alastupdate", page.Reading),
            Identifier = name,
            Name = name,
            IsInternal = page.Reading.InternalClients.Contains(id),
            IsDeleted = json.Flag("inactive"),
            AddressLines = json.OptionalRecord("main_invoice_address") is { } address ? AddressLines(address) : [],
            InvoiceEmail = json.OptionalText("accountsemailaddress"),
            TaxCode = json.OptionalId("service_tax_code"),
            CurrencyName = json.OptionalText("currencyisocode") ?? json.OptionalText("default_currency_code_name"),
        };
    }

    private static List<string> AddressLines(JsonRecord address) =>
        [.. AddressFields.Select(address.OptionalText).OfType<string>()];
}
