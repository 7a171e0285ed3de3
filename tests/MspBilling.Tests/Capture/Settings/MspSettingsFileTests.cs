using MspBilling.Core;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Time;
using Xunit;

namespace MspBilling.Tests.Capture.Settings;

public sealed class MspSettingsFileTests
{
    private const string Zone = "expected an IANA time zone like Europe/Dublin";
    private const string Pattern = "expected a pattern with the number once, like HL-{0:000000}";

    [Fact]
    public void Read_WholeFile_IsOneRecord()
    {
        var settings = Assert.Single(ImportFiles.Records<MspSettings>("msp-settings.json", ImportFiles.Settings));

        Assert.Equal(new RecordId("msp", RecordKind.MspSettings, "settings"), settings.Id);
        Assert.Null(settings.Revision);
        Assert.Equal(("Harbourlight Managed IT Ltd", "#0F766E", "HL-{0:000000}", 2041L), (settings.Name, settings.BrandColor, settings.InvoiceNumberPattern, settings.FirstInvoiceNumber));
        Assert.Equal(["14 Sir John Rogerson's Quay", "Ireland"], settings.AddressLines);
        Assert.Equal(16, settings.LogoPng?.Count);
        Assert.Equal((Currency.Of("EUR"), Currency.Of("USD")), (settings.HomeCurrency, settings.CurrencyNames["US Dollars"]));
        Assert.Equal(["ApprovedByTierTwo", "ReadyToBill"], settings.ApprovedTimeStatuses);
        Assert.Equal(("Europe/Dublin", "en-IE", 30), (settings.DefaultTimeZone, settings.DefaultLanguage, settings.DefaultPaymentTerms.Days));
        Assert.Equal([new ClientSettings("ZOLWLOG", "Europe/Dublin", "en-IE", PaymentTerms.Net(14), "IE1234567A")], settings.Clients);
        Assert.Equal([new CloudAccount("AWS", "11353890204", "ATLAS")], settings.CloudAccounts);
        Assert.Equal([(21m, Days("2020-09-01", "2021-03-01")), (23m, Days("2021-03-01", null))], Assert.Single(settings.TaxJurisdictions).Rates.Select(rate => (rate.Percent, rate.InForce)));

        var type = Assert.Single(settings.AgreementTypes);
        Assert.Equal("Managed Services", type.Name);
        Assert.Equal(["recurring", "recurring-2", "servers", "time", "usage", "milestones", "discount"], type.Lines.Select(line => line.Id));
        var fee = Assert.IsType<RecurringLine>(type.Lines[0]);
        Assert.Equal(("Managed services", "Managed services fee", new FlatQuantity(), 0), (fee.Service, fee.Description, (FlatQuantity)fee.Quantity, fee.Prices.Count));
        Assert.Equal(new AdditionQuantity(), ((RecurringLine)type.Lines[1]).Quantity);
        var servers = Assert.IsType<RecurringLine>(type.Lines[2]);
        Assert.Equal(new DeviceQuantity(), servers.Quantity);
        Assert.Equal([new DatedPrice(85m, Days("0001-01-01", null))], servers.Prices);
        Assert.Equal(["Server"], servers.Match!.DeviceTypes!);
        Assert.Equal((0.25m, 0.25m), type.Lines[3] is TimeLine time ? (time.MinimumHours, time.IncrementHours) : default);
        Assert.Equal(new CostMarkup(15m), ((UsageLine)type.Lines[4]).Pricing);
        Assert.Empty(((MilestonesLine)type.Lines[5]).Projects);
        var discount = Assert.IsType<DiscountLine>(type.Lines[6]);
        Assert.Equal(("Loyalty discount", 5m, DiscountScope.Services, Days("2024-01-01", null)), (discount.Description, discount.Percent, discount.Scope, discount.InForce));
        Assert.Equal(["Device management"], discount.Targets);

        var card = Assert.Single(settings.RateCards);
        Assert.Equal(Currency.Of("EUR"), card.Currency);
        Assert.Equal([new TimeRate(95m, Days("0001-01-01", null)), new TimeRate(120m, Days("2024-01-01", null), Role: "Engineer")], card.Rates);
        var calendar = Assert.Single(settings.Calendars);
        Assert.Equal(("ireland", DayOfWeek.Sunday), (calendar.Name, calendar.FirstWeekday));
        Assert.Equal(
            [new BusinessHours(DayOfWeek.Monday, new TimeOnly(9, 0), new TimeOnly(17, 30)), new BusinessHours(DayOfWeek.Monday, new TimeOnly(19, 0), TimeOnly.MinValue)], calendar.Hours);
        Assert.Equal([new Holiday(Date("2024-03-18"), "St Patrick's Day")], calendar.Holidays);
        Assert.Equal(("no-tests", new Waive()), Assert.Single(settings.Rules) is var rule ? (rule.Id, (Waive)rule.Effect) : default);
    }

    [Theory]
    [InlineData("\"#0F766E\"", "\"teal\"", "line 3, column 102: brandColor is 'teal', expected a colour like #0F766E")]
    [InlineData("\"iVBORw0KGgoAAAANSUhEUg==\"", "\"R0lGODlh\"", "line 4, column 14: logoPng is 'R0lGODlh', expected a PNG image in base 64")]
    [InlineData("\"iVBORw0KGgoAAAANSUhEUg==\"", "\"logo.png\"", "line 4, column 14: logoPng is 'logo.png', expected a PNG image in base 64")]
    [InlineData("\"homeCurrency\": \"EUR\"", "\"homeCurrency\": \"Euro\"", "line 4, column 58: homeCurrency is 'Euro', expected an ISO 4217 currency code such as EUR")]
    [InlineData("\"Euro\": \"EUR\"", "\"Euro\": \"EURO\"", "line 6, column 92: currencyNames.Euro is 'EURO', expected an ISO 4217 currency code such as EUR")]
    [InlineData("HL-{0:000000}", "HL-", "line 5, column 27: invoiceNumberPattern is 'HL-', " + Pattern)]
    [InlineData("HL-{0:000000}", "HL-{0:D999999999}", "line 5, column 27: invoiceNumberPattern is 'HL-{0:D999999999}', " + Pattern)]
    [InlineData("HL-{0:000000}", "{0}-{0}", "line 5, column 27: invoiceNumberPattern is '{0}-{0}', " + Pattern)]
    [InlineData("2041,", "0,", "line 5, column 66: firstInvoiceNumber is '0', expected a whole number from 1 to 999999999999")]
    [InlineData("[\"ApprovedByTierTwo\", \"ReadyToBill\"]", "[]", "line 6, column 27: approvedTimeStatuses is '[]', expected at least one status, as no time would ever be billed")]
    [InlineData("\"percent\": 23", "\"percent\": 230", "line 10, column 35: taxJurisdictions[0].rates[1].percent is '230', expected a number from 0 to 100")]
    [InlineData("\"from\": \"2021-03-01\"", "\"from\": \"2021-02-28\"", "line 10, column 47: taxJurisdictions[0].rates[1].from is '2021-02-28', expected days on which no other rate named VAT holds")]
    [InlineData("\"to\": \"2021-03-01\"", "\"to\": \"2020-09-01\"", "line 9, column 67: taxJurisdictions[0].rates[0].to is '2020-09-01', expected a date after from, as to is the first day after")]
    [InlineData("\"from\": \"2020-09-01\"", "\"from\": \"1/9/2020\"", "line 9, column 47: taxJurisdictions[0].rates[0].from is '1/9/2020', expected a date like 2024-09-18")]
    [InlineData("\"defaultTimeZone\": \"Europe/Dublin\"", "\"defaultTimeZone\": \"Europe/Dubln\"", "line 11, column 53: defaultTimeZone is 'Europe/Dubln', " + Zone)]
    [InlineData("\"defaultTimeZone\": \"Europe/Dublin\"", "\"defaultTimeZone\": \"GMT Standard Time\"", "line 11, column 53: defaultTimeZone is 'GMT Standard Time', " + Zone)]
    [InlineData("\"defaultTimeZone\": \"Europe/Dublin\"", "\"defaultTimeZone\": \"../etc/passwd\"", "line 11, column 53: defaultTimeZone is '../etc/passwd', " + Zone)]
    [InlineData("\"defaultLanguage\": \"en-IE\"", "\"defaultLanguage\": \"en_IE\"", "line 11, column 89: defaultLanguage is 'en_IE', expected a language like en-IE")]
    [InlineData("\"defaultLanguage\": \"en-IE\"", "\"defaultLanguage\": \"xx-YY\"", "line 11, column 89: defaultLanguage is 'xx-YY', expected a language like en-IE")]
    [InlineData("\"paymentTermsDays\": 14", "\"paymentTermsDays\": -1", "line 12, column 113: clients[0].paymentTermsDays is '-1', expected a whole number from 0 to 3650")]
    [InlineData("\"taxNumber\"", "\"taxNumer\"", "line 12, column 129: clients[0].taxNumer: expected no such property; known here are identifier, timeZone, language, paymentTermsDays, paymentTerms, taxNumber, country, taxExemption, eInvoice, documents, billing")]
    [InlineData("\"taxNumber\": \"IE1234567A\" }", "\"taxNumber\": \"X\" }, { \"identifier\": \"ZOLWLOG\" }", "line 12, column 153: clients[1].identifier is 'ZOLWLOG', expected each client once")]
    [InlineData("\"client\": \"ATLAS\" }", "\"client\": \"A\" }, { \"provider\": \"AWS\", \"subAccountId\": \"11353890204\", \"client\": \"B\" }", "line 13, column 128: cloudAccounts[1].subAccountId is '11353890204', expected each account of a provider once")]
    [InlineData("\"kind\": \"milestones\"", "\"kind\": \"milestone\"", "line 20, column 15: agreementTypes[0].lines[5].kind is 'milestone', expected one of recurring, time, retainer, usage, milestones, expenses, discount")]
    [InlineData("\"id\": \"servers\"", "\"id\": \"recurring\"", "line 17, column 34: agreementTypes[0].lines[2].id is 'recurring', expected each id once, and recurring is an earlier line's")]
    [InlineData("\"id\": \"servers\", ", "\"id\": \"my servers\", ", "line 17, column 34: agreementTypes[0].lines[2].id is 'my servers', expected an id of letters, digits, - _ and ., which begins with a letter or digit, at most 64 long")]
    [InlineData("\"minimumHours\": 0.25", "\"minimumHours\": -1", "line 18, column 69: agreementTypes[0].lines[3].minimumHours is '-1', expected a number from 0 to 24")]
    [InlineData("\"incrementHours\": 0.25", "\"incrementHours\": 0", "line 18, column 93: agreementTypes[0].lines[3].incrementHours is '0', expected a number above 0, at most 24")]
    [InlineData("\"price\": 85.00", "\"price\": \"85\"", "line 17, column 173: agreementTypes[0].lines[2].prices[0].price is '85', expected a number of 0 or more, below a trillion")]
    [InlineData("\"prices\": [ { \"price\": 85.00 } ]", "\"unit\": \"device\"", "line 17, column 5: agreementTypes[0].lines[2].prices: expected at least one price, or a pricing, but it is missing")]
    [InlineData("[\"Device management\"]", "[\"Devices\"]", "line 21, column 84: agreementTypes[0].lines[6].targets[0] is 'Devices', expected a service of the lines here: Managed services, Licences, Device management, Technician time, Cloud usage, Projects")]
    [InlineData("\"percent\": 5,", "\"percent\": 105,", "line 21, column 117: agreementTypes[0].lines[6].percent is '105', expected a number above 0, at most 100")]
    [InlineData("\"percent\": 15 ", "\"percent\": -15 ", "line 19, column 93: agreementTypes[0].lines[4].pricing.percent is '-15', expected a number from 0 to 1000")]
    [InlineData("{ \"price\": 95 }", "{ \"price\": 0 }", "line 22, column 61: rateCards[0].rates[0].price is '0', expected a number above 0, below a trillion")]
    [InlineData("\"role\": \"Engineer\", ", "", "line 22, column 91: rateCards[0].rates[1].from is '2024-01-01', expected days on which no other rate for the same holds")]
    [InlineData("\"rateCards\": [ ", "\"rateCards\": [ { \"currency\": \"EUR\" }, ", "line 22, column 55: rateCards[1].currency is 'EUR', expected each currency once")]
    [InlineData("\"firstWeekday\": \"sunday\"", "\"firstWeekday\": \"Sunday\"", "line 23, column 55: calendars[0].firstWeekday is 'Sunday', expected one of sunday, monday, tuesday, wednesday, thursday, friday, saturday")]
    [InlineData("\"to\": \"17:30\"", "\"to\": \"09:00\"", "line 23, column 118: calendars[0].hours[0].to is '09:00', expected a time after from; 00:00 is the day's end")]
    [InlineData("\"to\": \"17:30\"", "\"to\": \"5pm\"", "line 23, column 118: calendars[0].hours[0].to is '5pm', expected a time of day like 08:00")]
    [InlineData("\"from\": \"19:00\"", "\"from\": \"17:00\"", "line 23, column 156: calendars[0].hours[1].from is '17:00', expected hours that no other span of the day has")]
    [InlineData("\"name\": \"ireland\", ", "\"name\": \"ireland\", \"zone\": 1, ", "line 23, column 47: calendars[0].zone: expected no such property; known here are name, firstWeekday, hours, holidays")]
    [InlineData("{ \"day\": \"2024-03-18\",", "{ \"day\": \"2024-03-18\", \"name\": \"x\" }, { \"day\": \"2024-03-18\",", "line 24, column 66: calendars[0].holidays[1].day is '2024-03-18', expected each holiday once")]
    [InlineData("{ \"do\": \"waive\" }", "{ \"do\": \"waive\", \"price\": 0 }", "line 25, column 123: rules[0].effect.price: expected no such property; known here are do")]
    [InlineData("\"email\"", "\"e-mail\"", "line 3, column 13: e-mail: expected no such property; known here are serviceTaxCodes, name, addressLines, email, phone, website, registrations, brandColor, logoPng, paymentInstructions, homeCurrency, invoiceNumberPattern, firstInvoiceNumber, approvedTimeStatuses, currencyNames, taxJurisdictions, defaultPaymentTermsDays, defaultPaymentTerms, defaultTimeZone, defaultLanguage, clients, cloudAccounts, agreementTypes, rateCards, calendars, rules, reconciliation, eInvoice, documents, numberSeries, issue, billing")]
    public void Read_WrongSetting_SaysWhatAndWhere(string right, string wrong, string problem)
    {
        Assert.Contains(right, ImportFiles.Settings, StringComparison.Ordinal);

        Assert.Equal(["msp-settings.json, " + problem], ImportFiles.Problems("msp-settings.json", ImportFiles.Settings.Replace(right, wrong, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("[]", "line 1, column 1: found '[]', expected one object in braces")]
    [InlineData("{} {}", "line 1, column 4: found '{}', expected valid JSON")]
    [InlineData("{\"name\":", "line 1, column 9: expected valid JSON, but the file ends too early: it is cut off or a bracket is missing")]
    public void Read_NotOneObject_SaysWhatAndWhere(string text, string problem) =>
        Assert.Equal(["msp-settings.json, " + problem], ImportFiles.Problems("msp-settings.json", text));

    [Fact]
    public void Read_EmptyObject_NamesWhatIsRequired() => Assert.Equal(
        ["name", "brandColor", "homeCurrency", "invoiceNumberPattern", "firstInvoiceNumber", "approvedTimeStatuses", "defaultTimeZone", "defaultLanguage"],
        ImportFiles.Read("msp-settings.json", "{}").Problems.Select(problem => problem.Field));

    private static Period Days(string start, string? end) => new(Date(start), end is null ? Period.NoEnd : Date(end));

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void Reconciliation_InTheSettings_IsRead()
    {
        var settings = Assert.Single(ImportFiles.Records<MspSettings>("msp-settings.json", With(
            """{"holdUntilReconciled":true,"thresholds":[{"amount":20},{"client":"ATLAS","product":"M365BP","quantity":2,"percent":5}],"vendors":[{"source":"shop","provider":"Distributor"}]}""")));

        Assert.Equal([new ReconciliationThreshold(Amount: 20), new ReconciliationThreshold("ATLAS", "M365BP", 2, 5)], settings.Reconciliation!.Thresholds);
        Assert.Equal((true, "Distributor", "Microsoft", null), (settings.Reconciliation.HoldUntilReconciled, settings.Reconciliation.VendorOf("Shop"), settings.Reconciliation.VendorOf("partnercenter"), settings.Reconciliation.VendorOf("csv")));
    }

    [Theory]
    [InlineData("""{"threshold":[]}""", "reconciliation.threshold: expected no such property")]
    [InlineData("""{"thresholds":[{"client":"ATLAS"}]}""", "expected a quantity, a percent or an amount, from which on a discrepancy is raised, but it is missing")]
    [InlineData("""{"thresholds":[{"client":"ATLAS","amount":1},{"client":"atlas","amount":2}]}""", "reconciliation.thresholds[1].client is 'atlas', expected each client and product once")]
    [InlineData("""{"thresholds":[{"percent":0}]}""", "reconciliation.thresholds[0].percent is '0', expected a number above 0, at most 100")]
    [InlineData("""{"vendors":[{"source":"shop"}]}""", "reconciliation.vendors[0].provider: expected a text, but it is missing")]
    public void Reconciliation_ThatIsWrong_IsRefused(string reconciliation, string problem) =>
        Assert.Contains(ImportFiles.Problems("msp-settings.json", With(reconciliation)), said => said.Contains(problem, StringComparison.Ordinal));

    private static string With(string reconciliation) => ImportFiles.Settings.TrimEnd()[..^1] + $", \"reconciliation\": {reconciliation} }}";
}
