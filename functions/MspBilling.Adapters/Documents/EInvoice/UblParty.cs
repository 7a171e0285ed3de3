using System.Xml;
using MspBilling.Core.Clients;
using MspBilling.Core.Documents.EInvoice;

namespace MspBilling.Adapters.Documents.EInvoice;

/// <summary>BG-4 and BG-7 in UBL.</summary>
internal static class UblParty
{
    // Anything but VAT says that the number is no VAT number.
    private const string OtherTax = "TAX";

    public static void Write(XmlWriter xml, ElectronicParty party) => xml.Group("Party", () =>
    {
        xml.Field("EndpointID", party.ElectronicAddress?.Id, "schemeID", party.ElectronicAddress?.Scheme);
        xml.Group("PartyName", () => xml.Field("Name", party.Name));
        Address(xml, "PostalAddress", party.Address);
        TaxNumber(xml, party.VatNumber, "VAT");
        TaxNumber(xml, party.TaxRegistration, OtherTax);
        xml.Group("PartyLegalEntity", () =>
        {
            xml.Field("RegistrationName", party.Name);
            xml.Field("CompanyID", party.Registration?.Id, "schemeID", party.Registration?.Scheme);
        });
        if (party.Contact is { } contact)
        {
            xml.Group("Contact", () =>
            {
                xml.Field("Name", contact.Name);
                xml.Field("Telephone", contact.Phone);
                xml.Field("ElectronicMail", contact.Email);
            });
        }
    });

    public static void Address(XmlWriter xml, string name, PostalAddress address) => xml.Group(name, () =>
    {
        xml.Field("StreetName", address.Line1);
        xml.Field("AdditionalStreetName", address.Line2);
        xml.Field("CityName", address.City);
        xml.Field("PostalZone", address.PostCode);
        xml.Field("CountrySubentity", address.Subdivision);
        if (address.Line3 is { } line)
            xml.Group("AddressLine", () => xml.Field("Line", line));
        xml.Group("Country", () => xml.Field("IdentificationCode", address.Country));
    });

    private static void TaxNumber(XmlWriter xml, string? number, string scheme)
    {
        if (number is null)
            return;

        xml.Group("PartyTaxScheme", () =>
        {
            xml.Field("CompanyID", number);
            xml.Group("TaxScheme", () => xml.Field("ID", scheme));
        });
    }
}
