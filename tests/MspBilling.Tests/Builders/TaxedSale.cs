using System.Globalization;
using MspBilling.Core;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Capture;

namespace MspBilling.Tests.Builders;

/// <summary>What is sold to a client, and what of it is taxed; by default in September 2024, invoiced on 1 October.</summary>
internal sealed record TaxedSale
{
    private const string Settings = """
        { "name": "Harbour IT", "brandColor": "#0F766E", "homeCurrency": "EUR", "invoiceNumberPattern": "{0}", "firstInvoiceNumber": 1, "approvedTimeStatuses": ["Approved"],
          "defaultTimeZone": "Europe/Dublin", "defaultLanguage": "en-IE",
        """;

    public string Currency { get; init; } = "EUR";

    public string? TaxCode { get; init; }

    public string? Country { get; init; }

    public string? TaxNumber { get; init; }

    public TaxExemption? Exemption { get; init; }

    public string InvoiceDate { get; init; } = "2024-10-01";

    /// <summary>One after another: <c>support 100.00</c>, or with days that are half-open <c>cloud/SKU-1 -20.00 2024-08-01..2024-09-01</c>.</summary>
    public required string Lines { get; init; }

    /// <summary>Settings with these tax tables, read as an import reads them.</summary>
    public static MspSettings Read(string tables) => ImportFiles.Records<MspSettings>("msp-settings.json", Settings + tables + "}").Single();

    public (InvoiceTaxes? Taxes, string? Problem) In(MspSettings settings)
    {
        var directory = ClientDirectory.Of([settings, Records.Company() with { TaxCode = null }]);
        var client = directory.ClientOf(Records.ClientId).Client! with { TaxCode = TaxCode, Country = Country, TaxNumber = TaxNumber, TaxExemption = Exemption };
        return InvoiceTaxes.Of(client, settings, [.. Rated()], Days.On(InvoiceDate));
    }

    /// <summary><c>VAT 23 of 100.00: 23.00</c>, one after another, with the category's code where tax is not charged.</summary>
    public static string Text(Taxation taxation) => string.Join("; ", taxation.Taxes.Select(tax => string.Create(
        CultureInfo.InvariantCulture, $"{tax.Name} {tax.Percent:0.####} of {tax.Base.Amount}: {tax.Tax.Amount}{(tax.Category == TaxCategory.Standard ? "" : " " + tax.Category.Code)}")));

    public IEnumerable<RatedLine> Rated()
    {
        var currency = Core.Currency.Of(Currency);
        foreach (var words in Lines.Split(", ").Select(line => line.Split(' ')))
        {
            var (service, amount) = (words[0].Split('/'), new Money(decimal.Parse(words[1], CultureInfo.InvariantCulture), currency));
            var days = words.Length < 3 ? Days.September : words[2].Split("..") is [var from, var to] ? Days.Between(from, to) : throw new FormatException(words[2]);
            yield return Line(service[0], service.Length > 1 ? service[1] : null, amount, days);
        }
    }

    private static RatedLine Line(string service, string? sku, Money amount, Period days) => new()
    {
        AgreementId = Records.AgreementId,
        AgreementName = "Gold support",
        LineId = "line",
        Item = "",
        Service = service,
        Description = service,
        Sku = sku,
        Explanation = new Explanation("RecurringCharges", 1, [], "As agreed."),
        ServicePeriod = days,
        Quantity = 1,
        Unit = "month",
        UnitPrice = new UnitPrice(amount.Amount, amount.Currency),
        Amount = amount,
        Discount = Money.Zero(amount.Currency),
    };
}
