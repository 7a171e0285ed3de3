using System.Text;
using MspBilling.Core.Capture;
using MspBilling.Tests.Capture;

namespace MspBilling.Tests.Agreements;

/// <summary>Agreements as JSON.</summary>
internal static class AgreementFiles
{
    /// <summary>Every kind of line, form and property at least once.</summary>
    public const string Full = """
        { "id": "atlas-gold", "client": "ATLAS", "psaAgreement": "88", "name": "Atlas Gold", "currency": "EUR", "purchaseOrder": "PO-7", "calendar": "ireland",
          "versions": [
          { "from": "2025-01-01", "to": "2026-01-01", "lines": [
            { "kind": "recurring", "id": "fee", "service": "Managed services", "description": "Gold fee", "quantity": { "of": "flat" }, "unit": "site",
              "prices": [ { "price": 1500.50, "to": "2025-07-01" }, { "price": 1600, "from": "2025-07-01" } ], "cycleMonths": 3, "anchor": "2025-01-31",
              "timing": "advance", "proration": "thirtyDays", "trial": { "until": "2025-02-01", "percentOff": 50 }, "uplift": { "from": "2025-10-01", "percent": 4 } },
            { "kind": "time", "id": "time", "service": "Support", "rates": [ { "price": 100 } ] } ] },
          { "from": "2026-01-01", "to": null, "lines": [
            { "kind": "recurring", "id": "fee", "service": "Managed services", "quantity": { "of": "flat" }, "prices": [ { "price": 1700 } ] },
            { "kind": "recurring", "id": "seats", "service": "Seats", "quantity": { "of": "agreed", "steps": [ { "from": "2026-01-01", "quantity": 40 }, { "from": "2026-03-14", "quantity": 42.5 } ] },
              "pricing": { "model": "graduated", "tiers": [ { "upTo": 10, "price": 9.99, "flat": 5 }, { "upTo": 25.5, "price": 8 }, { "price": 7 } ] } },
            { "kind": "recurring", "id": "servers", "service": "Device management", "match": { "deviceTypes": ["Server", "Host*"] }, "quantity": { "of": "devices" }, "prices": [ { "price": 85 } ] },
            { "kind": "recurring", "id": "additions", "service": "Licences", "quantity": { "of": "additions" } },
            { "kind": "recurring", "id": "mailboxes", "service": "Mail", "match": { "kinds": ["count"], "skus": ["MS-*"] }, "quantity": { "of": "counts", "aggregation": "timeWeighted" }, "pricing": { "model": "package", "size": 25, "price": 30 } },
            { "kind": "time", "id": "time", "service": "Support", "match": { "people": ["Jane"], "roles": ["Engineer"], "workTypes": ["Remote", "Drive"], "boards": ["Help Desk"], "projects": ["701"], "phases": ["Build"], "weekdays": ["saturday", "sunday"], "timeOfDay": { "from": "18:00", "to": "08:00" } },
              "rates": [ { "price": 110 }, { "price": 150, "role": "Senior", "from": "2026-01-01", "to": "2026-07-01" }, { "price": 155, "role": "Senior", "from": "2026-07-01" }, { "price": 90, "phase": "Build", "person": "Jane", "workType": "Remote" } ],
              "minimumHours": 0.5, "incrementHours": 0.25, "roundedBy": "ticketDay", "afterHoursFactor": 1.5, "weekendFactor": 1.75, "holidayFactor": 2,
              "overtime": { "dailyHours": 8, "weeklyHours": 40, "factor": 1.25 }, "travel": { "workTypes": ["Drive"], "pricePerTrip": 45 },
              "caps": [ { "scope": "ticket", "amount": 800 }, { "scope": "project", "amount": 20000, "subject": "701" }, { "scope": "month", "amount": 9000 } ] },
            { "kind": "time", "id": "onsite", "service": "On site", "travel": { "workTypes": ["Drive"], "factor": 0.5 } },
            { "kind": "time", "id": "projects", "service": "Project time", "travel": { "workTypes": ["Drive"], "hourlyPrice": 60 } },
            { "kind": "time", "id": "rest", "service": "Rest", "travel": { "workTypes": ["Drive"], "isIncluded": true } },
            { "kind": "retainer", "id": "hours", "service": "Support", "measure": "hours", "included": 10, "cycleMonths": 6, "anchor": "2026-01-01", "rollOverCycles": 2,
              "blocks": [ { "purchasedOn": "2026-02-01", "quantity": 20, "expiresOn": "2027-02-01", "price": 2000 } ], "services": ["Support", "On site"],
              "weights": [ { "workType": "On site", "weight": 1.5 } ], "overageRate": 125, "topUp": { "below": 2, "quantity": 11, "price": 1000, "expiresAfterMonths": 12 } },
            { "kind": "retainer", "id": "everything", "service": "Support", "isUnlimited": true },
            { "kind": "usage", "id": "azure", "service": "Cloud", "match": { "providers": ["Microsoft"], "cloudServices": ["Virtual Machines"], "accounts": ["prod"], "categories": ["Usage"], "tags": ["env=prod"] },
              "aggregation": "sum", "groupBy": "account", "pricing": { "model": "markup", "percent": 15, "perUnit": 0.01 }, "minimum": 100, "maximum": 5000,
              "conversions": [ { "currency": "USD", "rate": 0.92, "to": "2026-02-01" }, { "currency": "USD", "rate": 0.93, "from": "2026-02-01" } ], "creditsLowerUse": true },
            { "kind": "usage", "id": "gigabytes", "service": "Backup", "pricing": { "model": "perUnit", "price": 0.0375 }, "unit": "GB", "included": 100 },
            { "kind": "usage", "id": "calls", "service": "Telephony", "pricing": { "model": "volume", "tiers": [ { "upTo": 1000, "price": 0.02 }, { "price": 0.01 } ] } },
            { "kind": "usage", "id": "aws", "service": "AWS", "pricing": { "model": "tieredMarkup", "tiers": [ { "upTo": 10000, "price": 12 }, { "price": 8 } ] } },
            { "kind": "usage", "id": "google", "service": "Google", "pricing": { "model": "percentage", "percent": 8 } },
            { "kind": "usage", "id": "oracle", "service": "Oracle", "pricing": { "model": "passThrough" } },
            { "kind": "milestones", "id": "milestones", "service": "Projects", "projects": [
              { "project": "701", "price": 30000, "deposit": 5000, "depositOn": "2026-02-15", "cap": 29000, "milestones": [ { "milestone": "Design", "percent": 33.3 }, { "milestone": "Build", "percent": 66.7 } ] },
              { "project": "702", "milestones": [ { "milestone": "Move", "amount": 4000 } ] } ] },
            { "kind": "expenses", "id": "expenses", "service": "Expenses", "markupPercent": 10 },
            { "kind": "discount", "id": "loyalty", "service": "Discounts", "percent": 5, "scope": "services", "targets": ["Managed services", "Seats"], "from": "2026-02-01", "to": "2027-02-01", "firstPeriods": 6 },
            { "kind": "discount", "id": "voucher", "service": "Discounts", "amount": 250, "scope": "lines", "targets": ["fee"] },
            { "kind": "discount", "id": "volume", "service": "Discounts", "byVolume": [ { "from": 1000, "percent": 1 }, { "from": 5000, "percent": 3 } ], "scope": "invoice" } ],
            "rules": [
              { "id": "weekend", "name": "Weekend flat", "from": "2026-02-01", "to": "2026-09-01", "match": { "clients": ["ATLAS"], "weekdays": ["sunday"] }, "effect": { "do": "setPrice", "price": 80 }, "ends": true },
              { "id": "vip", "name": "VIP", "match": { "boards": ["VIP"] }, "effect": { "do": "multiply", "factor": 1.2 } },
              { "id": "limit", "name": "Limit", "match": {}, "effect": { "do": "cap", "amount": 10000 } },
              { "id": "own-fault", "name": "Our own fault", "match": { "tags": ["rework"] }, "effect": { "do": "waive" } },
              { "id": "as-junior", "name": "As junior", "match": { "roles": ["Trainee"] }, "effect": { "do": "reclassify", "role": "Junior", "workType": "Remote", "sku": "X", "deviceType": "Server" } },
              { "id": "look", "name": "Look at it", "match": { "skus": ["*-TEST"] }, "effect": { "do": "hold", "because": "a test SKU" } } ] } ] }
        """;

    public static AgreementDocument Document { get; } = Read(Full);

    public static AgreementDocument Read(string text) => ImportFiles.Records<AgreementDocument>("agreements.json", text).Single();

    public static AgreementDocument Read(byte[] json) => Read(Encoding.UTF8.GetString(json));

    /// <summary>The full document with one place of it changed.</summary>
    public static string Edited(string right, string wrong)
    {
        var at = Full.IndexOf(right, StringComparison.Ordinal);
        Xunit.Assert.True(at >= 0 && Full.IndexOf(right, at + 1, StringComparison.Ordinal) < 0, $"{right} must stand once in the document.");
        return Full.Replace(right, wrong, StringComparison.Ordinal);
    }
}
