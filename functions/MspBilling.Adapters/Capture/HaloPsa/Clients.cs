using MspBilling.Core.Capture;
using MspBilling.Core.Clients;

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
            Address = json.OptionalRecord("main_invoice_address") is { } parts ? Address(parts) : null,
            AddressLines = json.OptionalRecord("main_invoice_address") is { } address ? AddressLines(address) : [],
            InvoiceEmail = json.OptionalText("accountsemailaddress"),
            TaxCode = json.OptionalId("service_tax_code"),
            CurrencyName = json.OptionalText("currencyisocode") ?? json.OptionalText("default_currency_code_name"),
        };
    }

    // Which of its lines is the town differs from one client to the next: they stay lines.
    private static PostalAddress? Address(JsonRecord address)
    {
        var further = string.Join(", ", new[] { address.OptionalText("line3"), address.OptionalText("line4") }.OfType<string>());
        var parts = new PostalAddress
        {
            Line1 = address.OptionalText("line1"),
            Line2 = address.OptionalText("line2"),
            Line3 = further.Length > 0 ? further : null,
            PostCode = address.OptionalText("postcode"),
        };
        return parts == new PostalAddress() ? null : parts;
    }

    private static List<string> AddressLines(JsonRecord address) =>
        [.. AddressFields.Select(address.OptionalText).OfType<string>()];
}
