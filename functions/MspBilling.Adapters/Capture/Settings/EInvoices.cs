using MspBilling.Adapters.Agreements;
using MspBilling.Core;
using MspBilling.Core.Clients;

namespace MspBilling.Adapters.Capture.Settings;

/// <summary>What electronic invoices need beyond what is printed: the settings' <c>eInvoice</c>, and that of each client.</summary>
internal static class EInvoices
{
    private const string CountryWords = "a country code of ISO 3166 like IE";
    private const string AddressWords = "a scheme of the European list of electronic addresses and a right number of it, like 9935:IE3456789TH or EM:accounts@example.com";
    private const string RegistrationWords = "a company number like 612345, or with its register like 0208:0123456749";

    private static readonly Dictionary<string, EInvoiceProfile> Profiles = new(StringComparer.Ordinal)
    {
        ["en16931"] = EInvoiceProfile.En16931,
        ["peppol"] = EInvoiceProfile.Peppol,
        ["xrechnung"] = EInvoiceProfile.XRechnung,
    };

    public static EInvoiceSettings? ReadOptional(JsonRecord settings)
    {
        if (settings.OptionalRecord("eInvoice") is not { } json)
            return null;

        var electronic = new EInvoiceSettings
        {
            Profile = json.OptionalWord("profile", Profiles) ?? EInvoiceProfile.En16931,
            FacturX = json.Flag("facturX"),
            Seller = new SellerDetails
            {
                Address = json.Record("address") is { } address ? Address(address) : new PostalAddress(),
                VatNumber = json.Found("vatNumber", text => VatNumber.Find(text), "a VAT number with its country like IE3456789TH"),
                TaxRegistration = json.OptionalText("taxRegistration"),
                Registration = Registration(json),
                ElectronicAddress = ElectronicAddressOf(json),
                ContactName = json.OptionalText("contactName"),
            },
            BankAccounts = json.DistinctRecords("bankAccounts", Account, account => account.Currency, "currency", "each currency once"),
            AccountingCurrency = json.OptionalRecord("accountingCurrency") is { } accounting ? Accounting(accounting) : null,
            CountryNames = json.OptionalRecord("countryNames") is { } names ? names.Names.ToDictionary(name => name, names.Country, StringComparer.Ordinal) : [],
        };
        json.RefuseOthers();
        return electronic;
    }

    public static BuyerDetails? Buyer(JsonRecord client)
    {
        if (client.OptionalRecord("eInvoice") is not { } json)
            return null;

        var buyer = new BuyerDetails
        {
            Address = json.OptionalRecord("address") is { } address ? Address(address) : null,
            Registration = Registration(json),
            ElectronicAddress = ElectronicAddressOf(json),
            BuyerReference = json.OptionalText("buyerReference"),
            Profile = json.OptionalWord("profile", Profiles),
        };
        json.RefuseOthers();
        return buyer;
    }

    private static PostalAddress Address(JsonRecord json)
    {
        var address = new PostalAddress
        {
            Line1 = json.OptionalText("line1"),
            Line2 = json.OptionalText("line2"),
            Line3 = json.OptionalText("line3"),
            City = json.OptionalText("city"),
            PostCode = json.OptionalText("postCode"),
            Subdivision = json.OptionalText("subdivision"),
            Country = json.Country("country"),
        };
        json.RefuseOthers();
        return address;
    }

    private static LegalRegistration? Registration(JsonRecord json) => json.Found("companyNumber", LegalRegistration.Find, RegistrationWords);

    private static ElectronicAddress? ElectronicAddressOf(JsonRecord json) => json.Found("electronicAddress", ElectronicAddress.Find, AddressWords);

    private static BankAccount Account(JsonRecord json)
    {
        var currency = json.Has("currency") ? json.IsoCurrency("currency") : (Currency?)null;
        var iban = json.Found("iban", BankAccount.FindIban, "an IBAN like IE29 AIBK 9311 5212 3456 78, whose check digits are right");
        var number = json.OptionalText("number");
        if (json.Has("iban") == json.Has("number"))
            json.Problem("iban", "either an iban or, where the bank has none, a number");
        return new BankAccount(currency, iban ?? number ?? "", json.OptionalText("name"), json.Found("bic", text => BankAccount.IsBic(text) ? text : null, "a BIC like AIBKIE2D"));
    }

    private static AccountingCurrency Accounting(JsonRecord json)
    {
        var accounting = new AccountingCurrency(json.IsoCurrency("currency"), Rates(json));
        json.RefuseOthers();
        return accounting;
    }

    private static List<ExchangeRate> Rates(JsonRecord json)
    {
        var rates = new List<ExchangeRate>();
        foreach (var record in json.Records("rates"))
        {
            var rate = new ExchangeRate(record.IsoCurrency("currency"), record.Number("rate", JsonRecord.AboveZero), record.FromTo());
            record.RefuseOthers();
            if (rates.Exists(other => other.Currency == rate.Currency && other.InForce.Overlap(rate.InForce) is not null))
                record.Problem("from", $"days on which no other rate of {rate.Currency} holds");
            rates.Add(rate);
        }

        return rates;
    }

    extension(JsonRecord json)
    {
        private string Country(string name)
        {
            var code = json.Text(name);
            if (!string.IsNullOrWhiteSpace(code) && !CountryCodes.IsKnown(code))
                json.Problem(name, CountryWords);
            return code;
        }

        /// <summary>What is found in a text; a text in which nothing is found is a problem, none at all is null.</summary>
        private T? Found<T>(string name, Func<string, T?> find, string expected)
            where T : class
        {
            if (json.OptionalText(name) is not { } text)
                return null;

            var found = find(text);
            if (found is null)
                json.Problem(name, expected);
            return found;
        }
    }
}
