using System.Xml;
using MspBilling.Core;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Documents.EInvoice;

/// <summary>Elements of UN/CEFACT's Cross Industry Invoice D16B.</summary>
internal static class CiiNames
{
    public const string Root = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100";
    public const string Reusable = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100";
    public const string Unqualified = "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100";
    public const string Qualified = "urn:un:unece:uncefact:data:standard:QualifiedDataType:100";

    // UNTDID 2379: CCYYMMDD.
    private const string DateForm = "102";

    extension(XmlWriter xml)
    {
        /// <summary>An element with others in it.</summary>
        public void Entity(string name, Action content)
        {
            xml.WriteStartElement("ram", name, Reusable);
            content();
            xml.WriteEndElement();
        }

        /// <summary>An element with a text; nothing where there is none.</summary>
        public void Value(string name, string? text, string? attribute = null, string? value = null)
        {
            if (text is null)
                return;

            xml.WriteStartElement("ram", name, Reusable);
            if (attribute is not null && value is not null)
                xml.WriteAttributeString(attribute, value);
            xml.WriteString(text);
            xml.WriteEndElement();
        }

        /// <summary>An element that holds one value.</summary>
        public void Wrapped(string name, string inner, string? text, string? attribute = null, string? value = null)
        {
            if (text is not null)
                xml.Entity(name, () => xml.Value(inner, text, attribute, value));
        }

        /// <summary>Amounts name their currency only where an invoice has two.</summary>
        public void Sum(string name, Money? money)
        {
            if (money is { } amount)
                xml.Value(name, EInvoiceXml.Text(amount));
        }

        public void Day(string name, DateOnly date, bool isQualified = false) => xml.Entity(name, () =>
        {
            xml.WriteStartElement(isQualified ? "qdt" : "udt", "DateTimeString", isQualified ? Qualified : Unqualified);
            xml.WriteAttributeString("format", DateForm);
            xml.WriteString(EInvoiceXml.Text(date, "yyyyMMdd"));
            xml.WriteEndElement();
        });

        public void Days(Period period) => xml.Entity("BillingSpecifiedPeriod", () =>
        {
            xml.Day("StartDateTime", period.Start);
            xml.Day("EndDateTime", period.LastDay);
        });

        public void ChargeIndicator(bool isCharge) => xml.Entity("ChargeIndicator", () => xml.WriteElementString("udt", "Indicator", Unqualified, isCharge ? "true" : "false"));
    }
}
