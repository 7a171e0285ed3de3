using System.Text;
using MspBilling.Adapters.Capture;
using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Capture;

/// <summary>Files to import, from text or bytes, and what they must look like at the least.</summary>
internal static class ImportFiles
{
    public const string TimeEntry = """
        {"id":80121,"company":{"id":250,"identifier":"CONTOSO","name":"Contoso Ltd"},"chargeToId":41551,"chargeToType":"ServiceTicket",
         "member":{"id":17,"identifier":"JDOE","name":"Jane Doe"},"workType":{"id":1,"name":"Remote"},"workRole":{"id":5,"name":"Engineer"},
         "agreement":{"id":88,"name":"Managed Gold","type":"Managed Services"},"timeStart":"2026-08-03T14:00:00Z",
         "actualHours":1.67,"hoursBilled":1.75,"billableOption":"Billable","notes":"Replaced failed SSD","status":"ReadyToBill",
         "ticket":{"id":41551,"summary":"Workstation down"},"_info":{"lastUpdated":"2026-08-03T15:45:00Z","updatedBy":"JDOE"}}
        """;

    public const string FocusHeader =
        "ProviderName,BillingAccountId,SubAccountId,SubAccountName,ChargeCategory,ServiceName,SkuId,ChargeDescription,BillingPeriodStart,"
        + "BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,PricingQuantity,PricingUnit,ConsumedQuantity,ConsumedUnit,BilledCost,BillingCurrency";

    public const string FocusRow =
        "AWS,1234,sub-1,Atlas,Usage,Amazon S3,SKU1,Storage,2024-09-01 00:00:00,"
        + "2024-10-01 00:00:00,2024-09-18 22:00:00,2024-09-18 23:00:00,1.5,GB,1.5,GB,0.0000000001,USD";

    public const string Settings = """
        {
          "name": "Harbourlight Managed IT Ltd", "addressLines": ["14 Sir John Rogerson's Quay", "Ireland"],
          "email": "accounts@harbourlight.example", "registrations": ["VAT no. IE 3456789TH"], "brandColor": "#0F766E",
          "logoPng": "iVBORw0KGgoAAAANSUhEUg==", "homeCurrency": "EUR",
          "invoiceNumberPattern": "HL-{0:000000}", "firstInvoiceNumber": 2041,
          "approvedTimeStatuses": ["ApprovedByTierTwo", "ReadyToBill"], "currencyNames": { "Euro": "EUR", "US Dollars": "USD" },
          "taxJurisdictions": [
            { "id": "IE-VAT", "name": "Ireland", "note": null, "rates": [
              { "name": "VAT", "percent": 21, "from": "2020-09-01", "to": "2021-03-01" },
              { "name": "VAT", "percent": 23, "from": "2021-03-01", "to": null } ] } ],
          "defaultPaymentTermsDays": 30, "defaultTimeZone": "Europe/Dublin", "defaultLanguage": "en-IE",
          "clients": [ { "identifier": "ZOLWLOG", "timeZone": "Europe/Dublin", "language": "en-IE", "paymentTermsDays": 14, "taxNumber": "IE1234567A" } ],
          "cloudAccounts": [ { "provider": "AWS", "subAccountId": "11353890204", "client": "ATLAS" } ],
          "agreementTypes": [ { "name": "Managed Services", "lines": [
            { "kind": "recurring", "service": "Managed services", "description": "Managed services fee", "quantity": { "of": "flat" } },
            { "kind": "recurring", "service": "Licences", "quantity": { "of": "additions" } },
            { "kind": "recurring", "id": "servers", "service": "Device management", "match": { "deviceTypes": ["Server"] }, "quantity": { "of": "devices" }, "prices": [ { "price": 85.00 } ] },
            { "kind": "time", "service": "Technician time", "minimumHours": 0.25, "incrementHours": 0.25 },
            { "kind": "usage", "service": "Cloud usage", "pricing": { "model": "markup", "percent": 15 } },
            { "kind": "milestones", "service": "Projects" },
            { "kind": "discount", "service": "Discounts", "scope": "services", "targets": ["Device management"], "percent": 5, "description": "Loyalty discount", "from": "2024-01-01", "to": null } ] } ],
          "rateCards": [ { "currency": "EUR", "rates": [ { "price": 95 }, { "price": 120, "role": "Engineer", "from": "2024-01-01" } ] } ],
          "calendars": [ { "name": "ireland", "firstWeekday": "sunday", "hours": [ { "day": "monday", "from": "09:00", "to": "17:30" }, { "day": "monday", "from": "19:00", "to": "00:00" } ],
            "holidays": [ { "day": "2024-03-18", "name": "St Patrick's Day" } ] } ],
          "rules": [ { "id": "no-tests", "name": "No tests", "match": { "skus": ["TEST-*"] }, "effect": { "do": "waive" } } ]
        }
        """;

    public static ImportResult Read(string fileName, string text, string? format = null) => Read(fileName, Encoding.UTF8.GetBytes(text), format);

    public static ImportResult Read(string fileName, byte[] bytes, string? format = null) => ImportReader.Read(fileName, format, new MemoryStream(bytes));

    /// <summary>The records of a file that must be right.</summary>
    public static IReadOnlyList<T> Records<T>(string fileName, string text)
        where T : CapturedRecord
    {
        var result = Read(fileName, text);
        Assert.True(result.Problems.Count == 0, string.Join("\n", result.Problems));
        return [.. result.Records.Cast<T>()];
    }

    /// <summary>What is said about a file that must be wrong, of which no record may be taken.</summary>
    public static IEnumerable<string> Problems(string fileName, string text)
    {
        var result = Read(fileName, text);
        Assert.Empty(result.Records);
        return result.Problems.Select(problem => problem.ToString());
    }

    public static string Focus(params IEnumerable<string> rows) => string.Join('\n', [FocusHeader, .. rows]);
}
