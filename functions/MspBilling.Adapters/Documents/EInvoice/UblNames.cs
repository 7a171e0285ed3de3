using System.Xml;
using MspBilling.Core;

namespace MspBilling.Adapters.Documents.EInvoice;

/// <summary>Elements of UBL 2.1, basic ones (cbc) and those that hold others (cac).</summary>
internal static class UblNames
{
    public const string Invoice = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2";
    public const string CreditNote = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2";
    public const string Aggregate = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
    public const string Basic = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";

    extension(XmlWriter xml)
    {
        /// <summary>An element with others in it.</summary>
        public void Group(string name, Action content)
        {
            xml.WriteStartElement("cac", name, Aggregate);
            content();
            xml.WriteEndElement();
        }

        /// <summary>An element with a text; nothing where there is none.</summary>
        public void Field(string name, string? text, string? attribute = null, string? value = null)
        {
            if (text is null)
                return;

            xml.WriteStartElement("cbc", name, Basic);
            if (attribute is not null && value is not null)
                xml.WriteAttributeString(attribute, value);
            xml.WriteString(text);
            xml.WriteEndElement();
        }

        public void Date(string name, DateOnly date) => xml.Field(name, EInvoiceXml.Text(date, "yyyy-MM-dd"));

        public void Amount(string name, Money? money)
        {
            if (money is { } amount)
                xml.Field(name, EInvoiceXml.Text(amount), "currencyID", amount.Currency.Code);
        }
    }
}
