using System.Xml;
using MspBilling.Core.Clients;
using MspBilling.Core.Documents.EInvoice;

namespace MspBilling.Adapters.Documents.EInvoice;

/// <summary>BG-4 and BG-7 in CII.</summary>
internal static class CiiParty
{
    public static void Write(XmlWriter xml, ElectronicParty party)
    {
        xml.Value("Name", party.Name);
        xml.Wrapped("SpecifiedLegalOrganization", "ID", party.Registration?.Id, "schemeID", party.Registration?.Scheme);
        if (party.Contact is { } contact)
        {
            xml.Entity("DefinedTradeContact", () =>
            {
                xml.Value("PersonName", contact.Name);
                xml.Wrapped("TelephoneUniversalCommunication", "CompleteNumber", contact.Phone);
                xml.Wrapped("EmailURIUniversalCommunication", "URIID", contact.Email);
            });
        }

        Address(xml, party.Address);
        xml.Wrapped("URIUniversalCommunication", "URIID", party.ElectronicAddress?.Id, "schemeID", party.ElectronicAddress?.Scheme);
        xml.Wrapped("SpecifiedTaxRegistration", "ID", party.VatNumber, "schemeID", "VA");
        xml.Wrapped("SpecifiedTaxRegistration", "ID", party.TaxRegistration, "schemeID", "FC");
    }

    public static void Address(XmlWriter xml, PostalAddress address) => xml.Entity("PostalTradeAddress", () =>
    {
        xml.Value("PostcodeCode", address.PostCode);
        xml.Value("LineOne", address.Line1);
        xml.Value("LineTwo", address.Line2);
        xml.Value("LineThree", address.Line3);
        xml.Value("CityName", address.City);
        xml.Value("CountryID", address.Country);
        xml.Value("CountrySubDivisionName", address.Subdivision);
    });
}
