using MspBilling.Adapters.Agreements;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Capture.Settings;
using MspBilling.Core;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;

namespace MspBilling.Adapters.Rating;

/// <summary>A case's client and what the MSP's settings say of it.</summary>
/// <param name="CompanyId">The client's id without what stands before it.</param>
internal sealed record CaseClient(string CompanyId, Currency Currency, TimeZoneInfo Zone, Company Company, MspSettings Settings)
{
    public const string ApprovedStatus = "Approved";

    private const string UnnamedCompany = "case";
    private const string DefaultTimeZone = "UTC";
    private const string DefaultLanguage = "en";

    public static CaseClient Read(JsonRecord json)
    {
        var client = json.Record("client");
        var companyId = client is null ? UnnamedCompany : CompanyIdOf(client);
        var name = client?.Text("name") ?? "";

        // A wrong one is said by then; the rest is read as if it were another, so that what is wrong there is said too.
        var currency = client?.IsoCurrency("currency") is { } given && given != default ? given : Currency.Of("EUR");
        var zone = client?.OptionalTimeZone("timeZone") ?? DefaultTimeZone;
        var language = client?.OptionalLanguage("language") ?? DefaultLanguage;
        var paymentTerms = (int)(client?.OptionalWhole("paymentTermsDays", 0, PaymentTermsSettings.MostDays) ?? 30);
        var address = client?.Texts("addressLines") ?? [];
        var taxNumber = client?.OptionalText("taxNumber");
        client?.RefuseOthers();
        var tax = CaseTax.Read(json);

        return new CaseClient(
            companyId,
            currency,
            TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : TimeZoneInfo.Utc,
            new Company { Id = CaseFile.Id(RecordKind.Company, companyId), Identifier = Client.IdOf(companyId), Name = name, AddressLines = address, TaxCode = tax.Id },
            new MspSettings
            {
                Id = CaseFile.Id(RecordKind.MspSettings, "settings"),
                Name = "MSP",
                BrandColor = "#000000",
                HomeCurrency = currency,
                InvoiceNumberPattern = "{0}",
                FirstInvoiceNumber = 1,
                ApprovedTimeStatuses = [ApprovedStatus],
                TaxJurisdictions = [tax],
                DefaultPaymentTerms = PaymentTerms.Net(paymentTerms),
                DefaultTimeZone = zone,
                DefaultLanguage = language,
                Clients = [new ClientSettings(Client.IdOf(companyId), TaxNumber: taxNumber)],
            });
    }

    /// <summary>Whether a text means this client: its id or its name.</summary>
    public bool IsMeantBy(string text) => text == Client.IdOf(CompanyId) || text == Company.Name;

    private static string CompanyIdOf(JsonRecord client)
    {
        var prefix = Client.IdOf("");
        var id = client.OptionalText("id");
        if (id is null)
            return UnnamedCompany;

        if (id.StartsWith(prefix, StringComparison.Ordinal) && id.Length > prefix.Length)
            return id[prefix.Length..];

        client.Problem("id", $"a client's id, which begins with {prefix}, like {prefix}250");
        return UnnamedCompany;
    }
}
