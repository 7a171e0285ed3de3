using System.Text.RegularExpressions;
using MspBilling.Adapters.Agreements;
using MspBilling.Core;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;

namespace MspBilling.Adapters.Capture.Settings;

/// <summary>The file <c>msp-settings.json</c>: what the MSP says of itself, and what the PSA does not know.</summary>
/// <remarks>Every name must be known: a misspelt <c>taxNumber</c> would otherwise be an invoice without one.</remarks>
internal static partial class MspSettingsFile
{
    public static IReadOnlyList<CapturedRecord> Read(Stream content, ProblemList problems) =>
        JsonFile.Open(content, problems)?.Root() is { } json ? [Settings(json)] : [];

    private static MspSettings Settings(JsonRecord json)
    {
        var taxCodes = ServiceTaxCodes.Read(json);
        var settings = new MspSettings
        {
            Id = new RecordId("msp", RecordKind.MspSettings, "settings"),
            Name = json.Text("name"),
            AddressLines = json.Texts("addressLines"),
            Email = json.OptionalText("email"),
            Phone = json.OptionalText("phone"),
            Website = json.OptionalText("website"),
            Registrations = json.Texts("registrations"),
            BrandColor = json.Color("brandColor"),
            LogoPng = json.OptionalBase64("logoPng", "a PNG image in base 64", IsPng),
            Fonts = FontSettings.ReadOptional(json),
            PaymentInstructions = json.Texts("paymentInstructions"),
            HomeCurrency = json.IsoCurrency("homeCurrency"),
            InvoiceNumberPattern = json.Matching("invoiceNumberPattern", NumberPattern(), "a pattern with the number once, like HL-{0:000000}"),
            FirstInvoiceNumber = json.Whole("firstInvoiceNumber", 1, 999_999_999_999),
            ApprovedTimeStatuses = ApprovedTimeStatuses(json),
            CurrencyNames = CurrencyNames(json),
            ServiceTaxCodes = taxCodes,
            TaxJurisdictions = TaxJurisdictions.Read(json, taxCodes),
            DefaultPaymentTerms = PaymentTermsSettings.ReadOptional(json, "defaultPaymentTerms", "defaultPaymentTermsDays") ?? PaymentTerms.Net(30),
            DefaultTimeZone = json.TimeZone("defaultTimeZone"),
            DefaultLanguage = json.Language("defaultLanguage"),
            Clients = [.. json.DistinctRecords("clients", Client, client => client.Identifier, "identifier", "each client once")],
            CloudAccounts =
            [
                .. json.DistinctRecords(
                    "cloudAccounts", CloudAccountOf, account => (account.Provider, account.SubAccountId), "subAccountId", "each account of a provider once"),
            ],
            AgreementTypes = AgreementTypes.Read(json),
            RateCards = RateCards.Read(json),
            Calendars = Calendars.Read(json),
            Rules = CustomRules.Read(json, "rules"),
            Reconciliation = Reconciliations.ReadOptional(json),
            EInvoice = EInvoices.ReadOptional(json),
            Documents = DocumentWishes.ReadOptional(json),
            NumberSeries = NumberSeriesList.ReadOptional(json),
            Issue = IssueSettingsForm.ReadOptional(json),
            Accounts = AccountSettingsForm.ReadOptional(json),
            Billing = BillingForm.ReadOptional(json),
        };
        json.RefuseOthers();
        return settings;
    }

    private static IReadOnlyList<string> ApprovedTimeStatuses(JsonRecord json)
    {
        var statuses = json.Texts("approvedTimeStatuses", required: true);
        if (statuses.Count == 0 && json.Has("approvedTimeStatuses"))
            json.Problem("approvedTimeStatuses", "at least one status, as no time would ever be billed");
        return statuses;
    }

    private static Dictionary<string, Currency> CurrencyNames(JsonRecord json) =>
        json.OptionalRecord("currencyNames") is { } names
            ? names.Names.ToDictionary(name => name, names.IsoCurrency, StringComparer.Ordinal)
            : [];

    private static ClientSettings Client(JsonRecord json) => new(
        json.Text("identifier"),
        json.OptionalTimeZone("timeZone"),
        json.OptionalLanguage("language"),
        PaymentTermsSettings.ReadOptional(json, "paymentTerms", "paymentTermsDays"),
        json.OptionalText("taxNumber"))
    {
        Country = json.OptionalCountry("country"),
        TaxExemption = TaxRates.OptionalExemption(json),
        EInvoice = EInvoices.Buyer(json),
        Documents = DocumentWishes.ReadOptional(json),
        Billing = BillingForm.ReadOptional(json),
    };

    private static CloudAccount CloudAccountOf(JsonRecord json) => new(json.Text("provider"), json.Text("subAccountId"), json.Text("client"));

    private static bool IsPng(byte[] bytes) => bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);

    // Nothing but zeros after the colon: a width such as {0:D999999999} would make an invoice number of a gigabyte.
    [GeneratedRegex("^[^{}\\p{C}]{0,40}\\{0(:0{1,18})?\\}[^{}\\p{C}]{0,40}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex NumberPattern();
}
