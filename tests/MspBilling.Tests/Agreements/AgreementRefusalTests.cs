using MspBilling.Tests.Capture;
using Xunit;

namespace MspBilling.Tests.Agreements;

/// <summary>Each term of the full agreement written wrongly, and what is said of it.</summary>
public sealed class AgreementRefusalTests
{
    private const string Id = "an id of letters, digits, - _ and ., which begins with a letter or digit, at most 64 long";
    private const string Zero = "a number of 0 or more, below a trillion";
    private const string Above = "a number above 0, below a trillion";
    private const string Factor = "a number above 0, at most 100";
    private const string Day = "a date like 2024-09-18";
    private const string Order = "a date after from, as to is the first day after";

    private const string Blank = "a text that is not blank";
    private const string Missing = "a text, but it is missing";
    private const string One = "versions[1].lines";

    /// <summary>What is right, what is wrong instead, whether the schema can tell, and what is said of it.</summary>
    public static TheoryData<string, string, bool, string> Rows => new()
    {
        // The document
        { "\"id\": \"atlas-gold\", ", "", true, "id: expected " + Missing },
        { "\"atlas-gold\"", "\"atlas gold\"", true, "id is 'atlas gold', expected " + Id },
        { "\"atlas-gold\"", "\"../x\"", true, "id is '../x', expected " + Id },
        { "\"atlas-gold\"", "\" \"", true, "id is ' ', expected " + Blank },
        { "\"client\": \"ATLAS\", \"psa", "\"psa", true, "client: expected " + Missing },
        { "\"client\": \"ATLAS\", \"psa", "\"client\": 7, \"psa", true, "client is '7', expected a text" },
        { "\"Atlas Gold\"", "\"\"", true, "name is '', expected " + Blank },
        { "\"currency\": \"EUR\"", "\"currency\": \"Euro\"", true, "currency is 'Euro', expected an ISO 4217 currency code such as EUR" },
        { "\"currency\": \"EUR\"", "\"currency\": \"XXX\"", false, "currency is 'XXX', expected an ISO 4217 currency code such as EUR" },
        { "\"purchaseOrder\"", "\"purchaseorder\"", true, "purchaseorder: expected no such property; known here are id, client, psaAgreement, name, currency, purchaseOrder, site, calendar, versions" },

        // Versions
        { "\"to\": \"2026-01-01\", \"lines\"", "\"to\": \"2025-12-01\", \"lines\"", false, "versions[1].from is '2026-01-01', expected 2025-12-01, on which the version before ends" },
        { "\"to\": \"2026-01-01\", \"lines\"", "\"to\": \"2026-02-01\", \"lines\"", false, "versions[1].from is '2026-01-01', expected 2026-02-01, on which the version before ends" },
        { "\"from\": \"2025-01-01\", \"to\": \"2026-01-01\", \"lines\"", "\"from\": \"2025-01-01\", \"lines\"", false, "versions[0].to: expected a date, as only the last version may have no end, but it is missing" },
        { "\"from\": \"2026-01-01\", \"to\": null", "\"from\": \"2026-01-01\", \"to\": \"2026-01-01\"", false, "versions[1].to is '2026-01-01', expected " + Order },
        { "\"from\": \"2026-01-01\", \"to\": null", "\"to\": null", true, "versions[1].from: expected " + Day + ", but it is missing" },
        { "\"from\": \"2026-01-01\", \"to\": null", "\"from\": \"1/1/2026\", \"to\": null", true, "versions[1].from is '1/1/2026', expected " + Day },
        { "\"kind\": \"recurring\", \"id\": \"fee\", \"service\": \"Managed services\", \"quantity\": { \"of\": \"flat\" }, \"prices\": [ { \"price\": 1700 } ]", "\"kind\": \"expenses\", \"id\": \"fee\", \"service\": \"Managed services\"", false, "versions[1].lines[0].id is 'fee', expected an id of its own, as fee is the recurring line of an earlier version" },

        // Every line
        { "\"kind\": \"expenses\"", "\"kind\": \"expense\"", true, One + "[18].kind is 'expense', expected one of recurring, time, retainer, usage, milestones, expenses, discount" },
        { "\"kind\": \"expenses\", ", "", true, One + "[18].kind: expected " + Missing },
        { "\"id\": \"expenses\"", "\"id\": \"milestones\"", false, One + "[18].id is 'milestones', expected each id once, and milestones is an earlier line's" },
        { "\"id\": \"expenses\", ", "", true, One + "[18].id: expected " + Missing },
        { "\"id\": \"oracle\", \"service\": \"Oracle\"", "\"id\": \"oracle\"", true, One + "[16].service: expected " + Missing },
        { "[\"Server\", \"Host*\"]", "[]", true, One + "[2].match.deviceTypes is '[]', expected at least one" },
        { "[\"Server\", \"Host*\"]", "[\"Server\", \"server\"]", false, One + "[2].match.deviceTypes[1] is 'server', expected each once" },
        { "[\"Server\", \"Host*\"]", "\"Server\"", true, One + "[2].match.deviceTypes is 'Server', expected a list in brackets" },
        { "\"kinds\": [\"count\"]", "\"kinds\": [\"counts\"]", true, One + "[4].match.kinds[0] is 'counts', expected one of time, expense, milestone, addition, usage, device, count" },
        { "\"weekdays\": [\"saturday\", \"sunday\"]", "\"weekdays\": [\"Saturday\"]", true, One + "[5].match.weekdays[0] is 'Saturday', expected one of sunday, monday, tuesday, wednesday, thursday, friday, saturday" },
        { "\"to\": \"08:00\"", "\"to\": \"18:00\"", false, One + "[5].match.timeOfDay.to is '18:00', expected another time than from" },
        { "\"to\": \"08:00\"", "\"to\": \"8\"", true, One + "[5].match.timeOfDay.to is '8', expected a time of day like 08:00" },
        { "\"to\": \"08:00\"", "\"to\": \"24:00\"", true, One + "[5].match.timeOfDay.to is '24:00', expected a time of day like 08:00" },

        // Recurring
        { "\"prices\": [ { \"price\": 1700 } ]", "\"unit\": \"month\"", false, One + "[0].prices: expected at least one price, or a pricing, but it is missing" },
        { "\"prices\": [ { \"price\": 1700 } ]", "\"prices\": []", false, One + "[0].prices is '[]', expected at least one price, or a pricing" },
        { "\"prices\": [ { \"price\": 1700 } ]", "\"prices\": [ { \"price\": 1 } ], \"pricing\": { \"model\": \"perUnit\", \"price\": 1 }", false, One + "[0].pricing is '{ \"model\": \"perUnit\", \"price\": 1 }', expected prices or pricing, not both" },
        { "\"price\": 1500.50", "\"price\": \"1500\"", true, "versions[0].lines[0].prices[0].price is '1500', expected " + Zero },
        { "\"price\": 1500.50", "\"price\": -1", true, "versions[0].lines[0].prices[0].price is '-1', expected " + Zero },
        { "\"price\": 1500.50", "\"price\": 1e12", true, "versions[0].lines[0].prices[0].price is '1e12', expected " + Zero },
        { "\"price\": 1600, \"from\": \"2025-07-01\"", "\"price\": 1600, \"from\": \"2025-06-01\"", false, "versions[0].lines[0].prices[1].from is '2025-06-01', expected 2025-07-01, on which the price before ends" },
        { "\"price\": 1600, \"from\": \"2025-07-01\"", "\"price\": 1600, \"from\": \"2025-08-01\"", false, "versions[0].lines[0].prices[1].from is '2025-08-01', expected 2025-07-01, on which the price before ends" },
        { "\"price\": 1600, \"from\": \"2025-07-01\"", "\"price\": 1600", false, "versions[0].lines[0].prices[1].from: expected 2025-07-01, on which the price before ends, but it is missing" },
        { "{ \"price\": 1700 }", "{ \"price\": 1700, \"from\": \"2026-01-02\" }", false, One + "[0].prices is '[ { \"price\": 1700, \"from\": \"2026-01-02\" } ]', expected a price from 2026-01-01 on, on which the version begins" },
        { "{ \"price\": 1700 }", "{ \"price\": 1700, \"to\": \"2030-01-01\" }", false, One + "[0].prices is '[ { \"price\": 1700, \"to\": \"2030-01-01\" } ]', expected a price for 2030-01-01 and after, as the version goes on" },
        { "\"cycleMonths\": 3", "\"cycleMonths\": 2", true, "versions[0].lines[0].cycleMonths is '2', expected 1, 3, 6 or 12 months" },
        { "\"cycleMonths\": 3", "\"cycleMonths\": 24", true, "versions[0].lines[0].cycleMonths is '24', expected a whole number from 1 to 12" },
        { "\"timing\": \"advance\"", "\"timing\": \"inAdvance\"", true, "versions[0].lines[0].timing is 'inAdvance', expected one of arrears, advance" },
        { "\"proration\": \"thirtyDays\"", "\"proration\": true", true, "versions[0].lines[0].proration is 'true', expected one of actualDays, thirtyDays, none" },
        { "\"until\": \"2025-02-01\"", "\"until\": \"2025-02-30\"", false, "versions[0].lines[0].trial.until is '2025-02-30', expected " + Day },
        { "\"percentOff\": 50", "\"percentOff\": 101", true, "versions[0].lines[0].trial.percentOff is '101', expected " + Factor },
        { "\"percentOff\": 50", "\"percentOff\": 0", true, "versions[0].lines[0].trial.percentOff is '0', expected " + Factor },
        { "\"percent\": 4 }", "\"percent\": -4 }", true, "versions[0].lines[0].uplift.percent is '-4', expected " + Factor },
        { "\"of\": \"devices\"", "\"of\": \"device\"", true, One + "[2].quantity.of is 'device', expected one of flat, agreed, devices, additions, counts" },
        { "\"quantity\": { \"of\": \"devices\" }, ", "", true, One + "[2].quantity: expected an object in braces, but it is missing" },
        { "\"of\": \"devices\"", "\"of\": \"devices\", \"count\": 4", true, One + "[2].quantity.count: expected no such property; known here are of" },
        { "\"from\": \"2026-03-14\", \"quantity\": 42.5", "\"from\": \"2026-01-01\", \"quantity\": 42.5", false, One + "[1].quantity.steps[1].from is '2026-01-01', expected a date after that of the step before" },
        { "\"quantity\": 42.5", "\"quantity\": -1", true, One + "[1].quantity.steps[1].quantity is '-1', expected " + Zero },
        { "[ { \"from\": \"2026-01-01\", \"quantity\": 40 }, { \"from\": \"2026-03-14\", \"quantity\": 42.5 } ]", "[]", true, One + "[1].quantity.steps is '[]', expected at least one step" },
        { "\"aggregation\": \"timeWeighted\"", "\"aggregation\": \"mean\"", true, One + "[4].quantity.aggregation is 'mean', expected one of sum, max, average, last, unique, timeWeighted" },
        { "\"model\": \"package\", \"size\": 25, \"price\": 30", "\"model\": \"markup\", \"percent\": 30", true, One + "[4].pricing.model is 'markup', expected one of perUnit, graduated, volume, package" },
        { "\"size\": 25", "\"size\": 0", true, One + "[4].pricing.size is '0', expected " + Above },

        // Tiers
        { "\"upTo\": 25.5", "\"upTo\": 10", false, One + "[1].pricing.tiers[1].upTo is '10', expected a number above 10, to which the tier before goes" },
        { "\"upTo\": 10, ", "", false, One + "[1].pricing.tiers[0].upTo: expected a number, as only the last tier has no end, but it is missing" },
        { "\"upTo\": 10, ", "\"upTo\": 0, ", true, One + "[1].pricing.tiers[0].upTo is '0', expected " + Above },
        { "{ \"price\": 7 }", "{ \"upTo\": 90, \"price\": 7 }", false, One + "[1].pricing.tiers[2].upTo is '90', expected no number, as the last tier has no end" },
        { "\"tiers\": [ { \"upTo\": 1000, \"price\": 0.02 }, { \"price\": 0.01 } ]", "\"tiers\": []", true, One + "[13].pricing.tiers is '[]', expected at least one tier" },
        { "{ \"upTo\": 10000, \"price\": 12 }", "{ \"upTo\": 10000, \"price\": 1200 }", true, One + "[14].pricing.tiers[0].price is '1200', expected a number from 0 to 1000" },

        // Time
        { "{ \"price\": 100 }", "{ \"price\": 0 }", true, "versions[0].lines[1].rates[0].price is '0', expected " + Above },
        { "\"role\": \"Senior\", \"from\": \"2026-07-01\"", "\"role\": \"senior\", \"from\": \"2026-06-30\"", false, One + "[5].rates[2].from is '2026-06-30', expected days on which no other rate for the same holds" },
        { "{ \"price\": 110 }", "{ \"price\": 110 }, { \"price\": 111 }", false, One + "[5].rates[1].price is '111', expected days on which no other rate for the same holds" },
        { "\"minimumHours\": 0.5", "\"minimumHours\": 25", true, One + "[5].minimumHours is '25', expected a number from 0 to 24" },
        { "\"incrementHours\": 0.25", "\"incrementHours\": 0", true, One + "[5].incrementHours is '0', expected a number above 0, at most 24" },
        { "\"roundedBy\": \"ticketDay\"", "\"roundedBy\": \"ticket\"", true, One + "[5].roundedBy is 'ticket', expected one of entry, ticketDay" },
        { "\"weekendFactor\": 1.75", "\"weekendFactor\": 175", true, One + "[5].weekendFactor is '175', expected " + Factor },
        { "\"holidayFactor\": 2", "\"holidayFactor\": 0", true, One + "[5].holidayFactor is '0', expected " + Factor },
        { "\"dailyHours\": 8, \"weeklyHours\": 40, ", "", true, One + "[5].overtime.dailyHours: expected at least one of dailyHours, weeklyHours, but it is missing" },
        { "\"pricePerTrip\": 45", "\"pricePerTrip\": 45, \"factor\": 0.5", true, One + "[5].travel.pricePerTrip is '45', expected exactly one of factor, hourlyPrice, pricePerTrip, isIncluded" },
        { ", \"pricePerTrip\": 45", "", true, One + "[5].travel.factor: expected exactly one of factor, hourlyPrice, pricePerTrip, isIncluded, but it is missing" },
        { "\"isIncluded\": true", "\"isIncluded\": false", true, One + "[8].travel.factor: expected exactly one of factor, hourlyPrice, pricePerTrip, isIncluded, but it is missing" },
        { "\"isIncluded\": true", "\"isIncluded\": \"yes\"", true, One + "[8].travel.isIncluded is 'yes', expected true or false" },
        { "{ \"workTypes\": [\"Drive\"], \"factor\": 0.5 }", "{ \"factor\": 0.5 }", true, One + "[6].travel.workTypes: expected a list in brackets, but it is missing" },
        { "\"scope\": \"month\", \"amount\": 9000", "\"scope\": \"month\", \"amount\": 9000, \"subject\": \"701\"", true, One + "[5].caps[2].subject is '701', expected no subject, as a month is of all tickets and projects" },
        { "\"scope\": \"month\", \"amount\": 9000", "\"scope\": \"ticket\", \"amount\": 9000", false, One + "[5].caps[2].scope is 'ticket', expected each cap once" },
        { "\"scope\": \"month\", \"amount\": 9000", "\"scope\": \"month\", \"amount\": -1", true, One + "[5].caps[2].amount is '-1', expected " + Zero },

        // Retainers
        { "\"included\": 10, \"cycle", "\"included\": 0, \"cycle", true, One + "[9].included is '0', expected " + Above },
        { "\"measure\": \"hours\"", "\"measure\": \"money\"", false, One + "[9].weights is '[ { \"workType\": \"On site\", \"weight\": 1.5 } ]', expected nothing, as weights are for hours | " + One + "[9].overageRate is '125', expected nothing, as an overage rate is for hours" },
        { "\"expiresOn\": \"2027-02-01\"", "\"expiresOn\": \"2026-02-01\"", false, One + "[9].blocks[0].expiresOn is '2026-02-01', expected a date after purchasedOn" },
        { "[\"Support\", \"On site\"]", "[\"Support\", \"Cloud\"]", false, One + "[9].services[1] is 'Cloud', expected a service of the time lines here: Support, On site, Project time, Rest" },
        { "{ \"workType\": \"On site\", \"weight\": 1.5 }", "{ \"workType\": \"On site\", \"weight\": 1.5 }, { \"workType\": \"on site\", \"weight\": 2 }", false, One + "[9].weights[1].workType is 'on site', expected each work type once" },
        { "\"below\": 2, \"quantity\": 11, ", "\"below\": 2, ", true, One + "[9].topUp.quantity: expected " + Above + ", but it is missing" },
        { "\"rollOverCycles\": 2", "\"rollOverCycles\": 1.5", true, One + "[9].rollOverCycles is '1.5', expected a whole number from 0 to 120" },
        { "\"isUnlimited\": true", "\"isUnlimited\": false", true, One + "[10].included: expected at least one of included, blocks, isUnlimited, but it is missing" },
        { "\"isUnlimited\": true", "\"isUnlimited\": true, \"included\": 5", false, One + "[10].included is '5', expected nothing, as an unlimited retainer covers all time" },
        { "\"isUnlimited\": true", "\"rollOverCycles\": 1, \"blocks\": [ { \"purchasedOn\": \"2026-01-01\", \"quantity\": 1 } ]", false, One + "[10].rollOverCycles is '1', expected 0, as nothing is granted that could roll over" },

        // Usage
        { "\"percent\": 15", "\"percent\": 1500", true, One + "[11].pricing.percent is '1500', expected a number from 0 to 1000" },
        { "\"minimum\": 100, ", "\"minimum\": 100, \"included\": 5, ", false, One + "[11].included is '5', expected nothing, as the pricing is of the cost and not of the units" },
        { "\"minimum\": 100, ", "\"minimum\": 5000.01, ", false, One + "[11].minimum is '5000.01', expected an amount that is not above the maximum" },
        { "\"currency\": \"USD\", \"rate\": 0.92", "\"currency\": \"EUR\", \"rate\": 0.92", false, One + "[11].conversions[0].currency is 'EUR', expected another currency than the agreement's" },
        { "\"rate\": 0.93", "\"rate\": 0", true, One + "[11].conversions[1].rate is '0', expected " + Above },
        { "\"rate\": 0.93, \"from\": \"2026-02-01\"", "\"rate\": 0.93, \"from\": \"2026-01-31\"", false, One + "[11].conversions[1].from is '2026-01-31', expected days on which no other rate of the currency holds" },
        { "{ \"model\": \"passThrough\" }", "{ \"model\": \"passthrough\" }", true, One + "[16].pricing.model is 'passthrough', expected one of perUnit, graduated, volume, package, markup, tieredMarkup, percentage, passThrough" },
        { ", \"pricing\": { \"model\": \"passThrough\" }", "", true, One + "[16].pricing: expected an object in braces, but it is missing" },
        { "\"groupBy\": \"account\"", "\"groupBy\": \"tag\"", true, One + "[11].groupBy is 'tag', expected one of service, sku, account, none" },

        // Milestones and expenses
        { "\"percent\": 33.3", "\"percent\": 33.4", false, One + "[17].projects[0].milestones is '[ { \"milestone\": \"Design\", \"percent\": 33.4 }, { \"milestone\": \"Build\", \"percent\"…', expected percentages that make 100 together" },
        { "\"percent\": 33.3", "\"amount\": 10", false, One + "[17].projects[0].milestones is '[ { \"milestone\": \"Design\", \"amount\": 10 }, { \"milestone\": \"Build\", \"percent\": 6…', expected all percentages or all amounts" },
        { "\"percent\": 33.3", "\"percent\": 33.3, \"amount\": 10", true, One + "[17].projects[0].milestones[0].percent is '33.3', expected exactly one of amount, percent" },
        { "\"price\": 30000, ", "", false, One + "[17].projects[0].price: expected a price that the percentages are of, but it is missing" },
        { "\"project\": \"702\"", "\"project\": \"702\", \"price\": 4000", false, One + "[17].projects[1].price is '4000', expected no price, as the milestones are no percentages of it" },
        { "\"deposit\": 5000", "\"deposit\": 30000.01", false, One + "[17].projects[0].deposit is '30000.01', expected at most what the project comes to" },
        { "\"depositOn\": \"2026-02-15\", ", "", false, One + "[17].projects[0].depositOn: expected deposit and depositOn together, but it is missing" },
        { "\"project\": \"702\"", "\"project\": \"701\"", false, One + "[17].projects[1].project is '701', expected each project once" },
        { "\"milestone\": \"Build\"", "\"milestone\": \"design\"", false, One + "[17].projects[0].milestones[1].milestone is 'design', expected each milestone once" },
        { "[ { \"milestone\": \"Move\", \"amount\": 4000 } ]", "[]", false, One + "[17].projects[1].milestones is '[]', expected at least one of milestones, deposit, cap" },
        { "\"markupPercent\": 10", "\"markupPercent\": -10", true, One + "[18].markupPercent is '-10', expected a number from 0 to 1000" },

        // Discounts
        { "\"percent\": 5, ", "\"percent\": 105, ", true, One + "[19].percent is '105', expected " + Factor },
        { "\"percent\": 5, ", "\"percent\": 5, \"amount\": 5, ", true, One + "[19].amount is '5', expected exactly one of percent, amount, byVolume" },
        { "\"percent\": 5, ", "", true, One + "[19].percent: expected exactly one of percent, amount, byVolume, but it is missing" },
        { "\"amount\": 250, \"scope\": \"lines\"", "\"amount\": 250", true, One + "[20].scope: expected one of lines, services, agreement, invoice, but it is missing" },
        { "\"targets\": [\"fee\"]", "\"targets\": [\"fees\"]", false, One + "[20].targets[0] is 'fees', expected the id of a line here that is no discount: fee, seats, servers, additions, mailboxes, time, onsite, projects, rest, hours, everything, azure, gigabytes, calls, aws, google, oracle, milestones, expenses" },
        { "\"targets\": [\"fee\"]", "\"targets\": [\"loyalty\"]", false, One + "[20].targets[0] is 'loyalty', expected the id of a line here that is no discount: fee, seats, servers, additions, mailboxes, time, onsite, projects, rest, hours, everything, azure, gigabytes, calls, aws, google, oracle, milestones, expenses" },
        { "\"scope\": \"lines\", \"targets\": [\"fee\"]", "\"scope\": \"lines\"", false, One + "[20].targets: expected the ids of the lines that it is taken off, but it is missing" },
        { "\"scope\": \"lines\", \"targets\": [\"fee\"]", "\"scope\": \"agreement\", \"targets\": [\"fee\"]", false, One + "[20].targets is '[\"fee\"]', expected nothing, as the scope is the whole agreement" },
        { "\"targets\": [\"Managed services\", \"Seats\"]", "\"targets\": [\"Managed\", \"Seats\"]", false, One + "[19].targets[0] is 'Managed', expected a service of the lines here: Managed services, Seats, Device management, Licences, Mail, Support, On site, Project time, Rest, Cloud, Backup, Telephony, AWS, Google, Oracle, Projects, Expenses" },
        { "\"to\": \"2027-02-01\", \"firstPeriods\": 6", "\"to\": \"2026-02-01\", \"firstPeriods\": 6", false, One + "[19].to is '2026-02-01', expected " + Order },
        { "\"firstPeriods\": 6", "\"firstPeriods\": 0", true, One + "[19].firstPeriods is '0', expected a whole number from 1 to 1200" },
        { "\"from\": 5000, \"percent\": 3", "\"from\": 1000, \"percent\": 3", false, One + "[21].byVolume[1].from is '1000', expected an amount above 1000, of the step before" },
        { "\"scope\": \"invoice\"", "\"scope\": \"invoice\", \"match\": {}", true, One + "[21].match: expected no such property; known here are kind, id, service, description, percent, amount, byVolume, scope, targets, from, to, firstPeriods" },

        // Rules
        { "\"id\": \"vip\"", "\"id\": \"weekend\"", false, "versions[1].rules[1].id is 'weekend', expected each rule's id once" },
        { "\"do\": \"multiply\", \"factor\": 1.2", "\"do\": \"multiply\", \"factor\": 0", true, "versions[1].rules[1].effect.factor is '0', expected " + Factor },
        { "\"do\": \"multiply\"", "\"do\": \"double\"", true, "versions[1].rules[1].effect.do is 'double', expected one of setPrice, multiply, cap, waive, reclassify, hold" },
        { "\"do\": \"cap\", \"amount\": 10000", "\"do\": \"cap\", \"amount\": -1", true, "versions[1].rules[2].effect.amount is '-1', expected " + Zero },
        { "\"do\": \"setPrice\", \"price\": 80", "\"do\": \"setPrice\", \"price\": 0", true, "versions[1].rules[0].effect.price is '0', expected " + Above },
        { ", \"role\": \"Junior\", \"workType\": \"Remote\", \"sku\": \"X\", \"deviceType\": \"Server\"", "", true, "versions[1].rules[4].effect.role: expected at least one of role, workType, sku, deviceType, but it is missing" },
        { "\"because\": \"a test SKU\"", "\"why\": \"a test SKU\"", true, "versions[1].rules[5].effect.because: expected " + Missing + " | versions[1].rules[5].effect.why: expected no such property; known here are do, because" },
        { "\"match\": { \"boards\": [\"VIP\"] }, ", "", true, "versions[1].rules[1].match: expected an object in braces, but it is missing" },
        { "\"boards\": [\"VIP\"]", "\"board\": [\"VIP\"]", true, "versions[1].rules[1].match.board: expected no such property; known here are kinds, clients, people, roles, workTypes, boards, projects, phases, skus, deviceTypes, providers, cloudServices, accounts, categories, tags, weekdays, timeOfDay" },
        { "\"tags\": [\"rework\"]", "\"tags\": [\"\"]", true, "versions[1].rules[3].match.tags[0] is '', expected " + Blank },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Read_BadTerm_SaysWhatAndWhereAndReadsNothing(string right, string wrong, bool isToldBySchema, string problem)
    {
        var said = ImportFiles.Problems("agreements.json", AgreementFiles.Edited(right, wrong)).Select(text => text[(text.IndexOf(": ", StringComparison.Ordinal) + 2)..]);

        Assert.True(isToldBySchema || problem.Length > 0);
        Assert.Equal(problem, string.Join(" | ", said));
    }
}
