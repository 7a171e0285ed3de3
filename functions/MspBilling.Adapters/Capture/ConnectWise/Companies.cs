using MspBilling.Core.Capture;
using MspBilling.Core.Clients;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary><c>GET /company/companies</c></summary>
/// <remarks>A company whose only type is "Internal" is the MSP itself. Deleted companies are kept, as their work still counts.</remarks>
internal static class Companies
{
    private const string InternalType = "Internal";

    public static Company Read(JsonRecord json)
    {
        var types = json.Records("types").Select(type => type.OptionalText("name")).ToList();
        return new Company
        {
            Id = json.RecordId(RecordKind.Company),
            Revision = json.Revision(),
            Identifier = json.Text("identifier"),
            Name = json.Text("name"),
            IsInternal = types.Count > 0 && types.TrueForAll(type => type == InternalType),
            IsDeleted = json.Flag("deletedFlag"),
            AddressLines = AddressLines(json),
            Address = Address(json),
            CountryName = json.OptionalReferenceName("country"),
            InvoiceEmail = json.OptionalText("invoiceToEmailAddress"),
            TaxCode = json.OptionalReferenceName("taxCode"),
            CurrencyName = json.OptionalReferenceName("currency"),
        };
    }

    private static PostalAddress? Address(JsonRecord json)
    {
        var address = new PostalAddress
        {
            Line1 = json.OptionalText("addressLine1"),
            Line2 = json.OptionalText("addressLine2"),
            City = json.OptionalText("city"),
            PostCode = json.OptionalText("zip"),
            Subdivision = json.OptionalText("state"),
        };
        return address == new PostalAddress() ? null : address;
    }

    /// <summary>Street, second line, "Austin, TX 78701", country; what is absent leaves no gap.</summary>
    private static List<string> AddressLines(JsonRecord json)
    {
        var town = string.Join(", ", new[] { json.OptionalText("city"), json.OptionalText("state") }.OfType<string>());
        var townAndZip = string.Join(' ', new[] { town, json.OptionalText("zip") }.Where(part => !string.IsNullOrEmpty(part)));
        return
        [
            .. new[] { json.OptionalText("addressLine1"), json.OptionalText("addressLine2"), townAndZip, json.OptionalReferenceName("country") }
                .OfType<string>().Where(line => line.Length > 0),
        ];
    }
}
