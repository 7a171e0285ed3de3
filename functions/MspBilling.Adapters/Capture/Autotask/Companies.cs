using MspBilling.Core.Capture;
using MspBilling.Core.Clients;

namespace MspBilling.Adapters.Capture.Autotask;

/// <summary><c>Companies</c></summary>
/// <remarks>
/// The MSP itself is company 0. Currencies and tax regions are ids, which the settings translate. Companies that are not active are kept, as their work
/// still counts. A revision is the newer of the change that Autotask tracks and the last activity.
/// </remarks>
internal static class Companies
{
    public static Company Read(AutotaskRow row, AutotaskPage page)
    {
        var id = row.IdText("id");
        var name = row.Text("companyName");
        return new Company
        {
            Id = row.RecordId(RecordKind.Company),
            Revision = Revisions.Newest(row.Instant("lastTrackedModifiedDateTime"), row.Instant("lastActivityDate")),
            Identifier = row.OptionalText("companyNumber") ?? name,
            Name = name,
            IsInternal = page.Reading.InternalCompanies.Contains(id),
            AddressLines = AddressLines(row),
            Address = Address(row, "billingAddress1", "billingAddress2", "billToCity", "billToState", "billToZipCode") ?? Address(row, "address1", "address2", "city", "state", "postalCode"),
            TaxCode = row.Flag("isTaxExempt") ? page.Reading.ExemptTaxCode : TaxCode(row.Id("taxRegionID"), page.Reading),
            CurrencyName = CurrencyName(row.Id("currencyID"), page.Reading),
        };
    }

    private static string? TaxCode(string? region, AutotaskReading reading) =>
        region is null ? null : reading.TaxCodes.GetValueOrDefault(region) ?? $"tax region {region}";

    private static string? CurrencyName(string? id, AutotaskReading reading) =>
        id is null || reading.Currencies.Count == 0 ? reading.Currency : reading.Currencies.GetValueOrDefault(id) ?? $"currency {id} of Autotask";

    private static PostalAddress? Address(AutotaskRow row, string first, string second, string city, string state, string zip)
    {
        var address = new PostalAddress
        {
            Line1 = row.OptionalText(first),
            Line2 = row.OptionalText(second),
            City = row.OptionalText(city),
            PostCode = row.OptionalText(zip),
            Subdivision = row.OptionalText(state),
        };
        return address == new PostalAddress() ? null : address;
    }

    /// <summary>Of the invoices where it has one, else of the company: street, second line, "Austin, TX 78701"; what is absent leaves no gap.</summary>
    private static List<string> AddressLines(AutotaskRow row)
    {
        var billed = Lines(row, "billingAddress1", "billingAddress2", "billToCity", "billToState", "billToZipCode");
        return billed.Count > 0 ? billed : Lines(row, "address1", "address2", "city", "state", "postalCode");
    }

    private static List<string> Lines(AutotaskRow row, string first, string second, string city, string state, string zip)
    {
        var town = string.Join(", ", new[] { row.OptionalText(city), row.OptionalText(state) }.OfType<string>());
        var townAndZip = string.Join(' ', new[] { town, row.OptionalText(zip) }.Where(part => !string.IsNullOrEmpty(part)));
        return [.. new[] { row.OptionalText(first), row.OptionalText(second), townAndZip }.OfType<string>().Where(line => line.Length > 0)];
    }
}
