using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Rating;

public sealed class AgreementMatchTests
{
    private static readonly TimeLine Time = Lines.Time("Support", 0.25m, 0.25m);
    private static readonly UsageLine Cloud = Lines.Cloud("Cloud", 15);
    private static readonly RecurringLine Additions = Lines.Additions();
    private static readonly MilestonesLine Milestones = Lines.Milestones();
    private static readonly ExpensesLine Expenses = Lines.Expenses();
    private static readonly RecurringLine Servers = Lines.Device("Server", 49.50m);
    private static readonly RecurringLine Seats = new() { Id = "seats", Service = "Seats", Quantity = new CountQuantity(Aggregation.Last), Match = new ActivityMatch { Skus = ["SEAT"] } };

    private static readonly TimeEntry Loose = Records.Time("1", 1) with { AgreementId = null };
    private static readonly Expense Bought = Records.Expense("1", 1, 5);
    private static readonly PsaAgreement Ended = Records.Agreement("100", "Old gold") with { Term = Days.Between("2021-01-01", "2024-09-10") };
    private static readonly PsaAgreement InDollars = Records.Agreement("102", "Dollar gold") with { CurrencyName = "US Dollar" };

    public static TheoryData<Activity, PsaAgreement[], AgreementLine[], string, string?> Held => new()
    {
        { Records.Time("1", 1) with { AgreementId = "999" }, [Records.Agreement()], [Time], "unknown-agreement", "Agreement 999." },
        { Records.Addition("1", 1, 5), [Records.Agreement("102")], [Additions], "unknown-agreement", "Agreement 101." },
        { Bought with { AgreementId = "999" }, [Records.Agreement()], [Expenses], "unknown-agreement", "Agreement 999." },
        // In force to the 9th; the work is of the 10th.
        { Records.Time("1", 1) with { AgreementId = "100" }, [Ended], [Time], "agreement-not-in-force", "Old gold, in force from 2021-01-01 to 2024-09-09." },
        { Records.Addition("1", 1, 5) with { AgreementId = "100", InForce = Days.From("2024-09-10") }, [Ended], [Additions], "agreement-not-in-force", "Old gold, in force from 2021-01-01 to 2024-09-09." },
        { Records.Time("1", 1), [Records.Agreement() with { Term = Days.From("2024-09-11") }], [Time], "agreement-not-in-force", "Gold support, in force from 2024-09-11." },
        { Bought with { AgreementId = "100" }, [Ended], [Expenses], "agreement-not-in-force", "Old gold, in force from 2021-01-01 to 2024-09-09." },
        { Records.Time("1", 1), [Records.Agreement()], [], "unpriced-agreement-type", "Gold support is of the type Gold." },
        { Records.Time("1", 1), [Records.Agreement()], [Additions], "no-agreement-line", "Gold support (Gold)." },
        { Records.Time("1", 1), [Records.Agreement()], [Time with { Match = new ActivityMatch { Roles = ["Role 2"] } }], "no-agreement-line", "Gold support (Gold)." },
        { Records.Addition("1", 1, 5), [Records.Agreement()], [Time], "no-agreement-line", "Gold support (Gold)." },
        { Loose, [], [Time], "no-agreement", null },
        { Loose, [Records.Agreement()], [Additions], "no-agreement", null },
        { Loose, [Ended], [Time], "no-agreement", null },
        { Loose, [Records.Agreement("101", "Gold A"), Records.Agreement("102", "Gold B")], [Time], "several-agreements", "Gold A or Gold B." },
        { Loose, [Records.Agreement("101", "Gold A"), Records.Agreement("102", "Gold B"), Records.Agreement("103", "Gold C")], [Time], "several-agreements", "Gold A or Gold B or Gold C." },
        { Records.Usage("1", 5), [Records.Agreement()], [Time], "no-agreement", null },
        { Records.Usage("1", 5), [InDollars], [Cloud], "other-currency", "EUR of Azure." },
        { Records.Usage("1", 5), [Records.Agreement("101", "Gold A"), Records.Agreement("102", "Gold B")], [Cloud], "several-agreements", "Gold A or Gold B." },
        { Records.Milestone("1", 5), [Records.Agreement()], [Time], "no-agreement", null },
        { Records.Milestone("1", 5), [Records.Agreement("101", "Gold A"), Records.Agreement("102", "Gold B")], [Milestones], "several-agreements", "Gold A or Gold B." },
        // 5.00 is euro, the client's currency: as dollars it would be another amount.
        { Records.Milestone("1", 5), [InDollars], [Milestones], "other-currency", "Stage 1, in EUR." },
        { Bought, [InDollars], [Expenses], "other-currency", "Item 1, in EUR." },
        { Bought with { AgreementId = "102" }, [InDollars], [Expenses], "other-currency", "Dollar gold is in USD: Item 1, in EUR." }, // the one it names, too
        { Records.Device("1", "Printer"), [Records.Agreement()], [Servers], "missing-device-price", "Printer HOST-1." },
        { Records.Device("1"), [Records.Agreement("101", "Gold A"), Records.Agreement("102", "Gold B")], [Servers], "several-agreements", "Gold A or Gold B." },
        { Seat("LICENCE"), [Records.Agreement()], [Seats], "no-agreement-line", "LICENCE counted (LICENCE)." },
        { Seat(), [Records.Agreement("101", "Gold A"), Records.Agreement("102", "Gold B")], [Seats], "several-agreements", "Gold A or Gold B." },
    };

    [Theory]
    [MemberData(nameof(Held), DisableDiscoveryEnumeration = true)]
    public void Rate_NoOneAgreement_IsHeld(Activity activity, PsaAgreement[] agreements, AgreementLine[] lines, string reason, string? detail)
    {
        var rated = (new ClientMonth { Agreements = agreements, Lines = lines, References = [Records.Role("1", 95)] }).Rate(activity);

        Assert.Empty(rated.Lines);
        var held = Assert.Single(rated.Dispositions);
        Assert.Equal((DispositionKind.Held, reason, detail), (held.Kind, held.Reason!.Code, held.Detail));
        Assert.Equal(activity.Captured, held.Quantity);
    }

    public static TheoryData<Activity, PsaAgreement[], AgreementLine[], string> NotBilled => new()
    {
        { Records.Device("1"), [Records.Agreement()], [Time], "devices-not-billed" },
        { Records.Device("1"), [], [Servers], "devices-not-billed" },
        { Seat(), [Records.Agreement()], [Servers], "counts-not-billed" },
        { Seat(), [Ended], [Seats], "counts-not-billed" }, // it ended before the 14th
        { Seat(), [Records.Agreement()], [Cloud], "counts-not-billed" }, // use, which does not ask for counts
    };

    [Theory]
    [MemberData(nameof(NotBilled), DisableDiscoveryEnumeration = true)]
    public void Rate_CountThatNoAgreementPrices_IsNonBillable(Activity activity, PsaAgreement[] agreements, AgreementLine[] lines, string reason)
    {
        var disposition = Assert.Single(new ClientMonth { Agreements = agreements, Lines = lines }.Rate(activity).Dispositions);

        Assert.Equal((DispositionKind.NonBillable, reason), (disposition.Kind, disposition.Reason!.Code));
    }

    public static TheoryData<Activity, PsaAgreement[], string> Matched => new()
    {
        { Records.Time("1", 1), [Records.Agreement(), Records.Agreement("103")], "101" }, // the one it names
        { Loose, [Ended, Records.Agreement()], "101" }, // the only one in force
        { Records.Time("1", 1, start: "2024-09-09T22:59Z") with { AgreementId = "100" }, [Ended, Records.Agreement()], "100" }, // its last day, in Dublin
        { Loose with { Start = Days.At("2024-09-09T23:00Z") }, [Ended, Records.Agreement() with { Term = Days.From("2024-09-10") }], "101" }, // the day after
        { Records.Usage("1", 5), [Records.Agreement(), InDollars], "101" }, // the only one in its currency
        { Records.Usage("1", 5) with { Currency = Currencies.USD }, [Records.Agreement(), InDollars], "102" },
        { Records.Milestone("1", 5), [Records.Agreement(), InDollars], "101" },
        { Bought, [Records.Agreement(), InDollars], "101" },
        { Bought with { Currency = Currencies.USD }, [Records.Agreement(), InDollars], "102" },
        { Bought with { AgreementId = "103" }, [Records.Agreement(), Records.Agreement("103")], "103" },
        { Records.Addition("1", 1, 5), [Records.Agreement() with { Term = Days.Between("2024-09-30", "2024-10-01") }], "101" }, // one day together
        { Records.Device("1"), [Records.Agreement()], "101" },
        { Seat(), [Ended, Records.Agreement()], "101" },
    };

    [Theory]
    [MemberData(nameof(Matched), DisableDiscoveryEnumeration = true)]
    public void Find_OneAgreement_PricesIt(Activity activity, PsaAgreement[] agreements, string expected)
    {
        var month = new ClientMonth { Agreements = agreements, Lines = [Time, Cloud, Additions, Milestones, Expenses, Servers, Seats] };
        var directory = month.Directory;

        var match = Find(new RatingCase(month.Client, month.Period, directory.AgreementsOf(month.Client), directory, []), activity);

        Assert.Null(match.Settled);
        Assert.Equal(expected, match.Part!.Agreement.Id);
        Assert.Equal(activity.Id, match.Activity!.Id);
    }

    /// <summary>Agreements in the MSP's own form; agreement and line that price the activity, or why none does.</summary>
    public static TheoryData<string, Activity, Agreement[], string> Finds => new()
    {
        { "the first line that meets it", Loose, [AgreedMonth.Agreement("1", Time with { Id = "x", Match = new ActivityMatch { Roles = ["9"] } }, Time, Time with { Id = "y" })], "1/time" },
        { "of two agreements the one whose line meets it", Loose, [AgreedMonth.Agreement("1", Time with { Match = new ActivityMatch { Roles = ["9"] } }), AgreedMonth.Agreement("2", Time)], "2/time" },
        { "the version of its day", Loose, [TwoVersions("1", "2024-09-10", [Time], [Time with { Id = "new" }])], "1/new" },
        { "the version of the day before", Loose, [TwoVersions("1", "2024-09-11", [Time], [Time with { Id = "new" }])], "1/time" },
        { "a version without a line for it", Records.Time("1", 1) with { AgreementId = "1" }, [TwoVersions("1", "2024-09-10", [Time], [Expenses])], "no-agreement-line: Agreement 1, version 2." },
        { "no lines, and no type that could have them", Records.Time("1", 1) with { AgreementId = "1" }, [AgreedMonth.Agreement("1")], "no-agreement-line: Agreement 1, version 1." },

        // Currencies.
        { "converted", Records.Usage("1", 5), [AgreedMonth.Agreement("1", Converting).In(Currencies.USD)], "1/cloud" },
        { "its own currency before a converted one", Records.Usage("1", 5), [AgreedMonth.Agreement("1", Converting).In(Currencies.USD), AgreedMonth.Agreement("2", Cloud)], "2/cloud" },
        { "the same in the other order", Records.Usage("1", 5), [AgreedMonth.Agreement("1", Cloud), AgreedMonth.Agreement("2", Converting).In(Currencies.USD)], "1/cloud" },
        { "two that convert", Records.Usage("1", 5), [AgreedMonth.Agreement("1", Converting).In(Currencies.USD), AgreedMonth.Agreement("2", Converting).In(Currencies.JPY)], "several-agreements: Agreement 1 or Agreement 2." },
        { "two that convert and one in the currency", Records.Usage("1", 5), [AgreedMonth.Agreement("1", Converting).In(Currencies.USD), AgreedMonth.Agreement("2", Converting).In(Currencies.JPY), AgreedMonth.Agreement("3", Cloud)], "3/cloud" },
        { "units, whatever their cost is in", Records.Usage("1", 5), [AgreedMonth.Agreement("1", Cloud with { Pricing = new PerUnitPrice(2) }).In(Currencies.USD)], "1/cloud" },

        // Milestones.
        { "the agreement that names the project", Records.Milestone("1", 5), [AgreedMonth.Agreement("1", Milestones), AgreedMonth.Agreement("2", Naming("701"))], "2/milestones" },
        { "two that name it", Records.Milestone("1", 5), [AgreedMonth.Agreement("1", Naming("701")), AgreedMonth.Agreement("2", Naming("Project 701"))], "several-agreements: Agreement 1 or Agreement 2." },
        { "one that names another", Records.Milestone("1", 5), [AgreedMonth.Agreement("1", Milestones), AgreedMonth.Agreement("2", Naming("702")).In(Currencies.USD)], "1/milestones" },
        { "priced in the agreement's own currency", Records.Milestone("1", null), [AgreedMonth.Agreement("1", Naming("701")).In(Currencies.USD)], "1/milestones" },

        // Rules that settle it.
        { "waived", Loose, [AgreedMonth.Agreement("1", Time).With(Rule(new Waive()))], "waived: Rule" },
        { "waived where no line would price it", Loose, [AgreedMonth.Agreement("1", Time with { Match = new ActivityMatch { Roles = ["9"] } }).With(Rule(new Waive()))], "waived: Rule" },
        { "waived by one, priced by another", Loose, [AgreedMonth.Agreement("1", Time).With(Rule(new Waive())), AgreedMonth.Agreement("2", Time)], "several-agreements: Agreement 1 or Agreement 2." },
        { "waived alike by two", Loose, [AgreedMonth.Agreement("1", Time).With(Rule(new Waive())), AgreedMonth.Agreement("2", Time).With(Rule(new Waive()))], "waived: Rule" },
        { "waived by one that would not price it", Loose, [AgreedMonth.Agreement("1", Time with { Match = new ActivityMatch { Roles = ["9"] } }).With(Rule(new Waive())), AgreedMonth.Agreement("2", Time)], "2/time" },
        { "waived in another currency", Bought, [AgreedMonth.Agreement("1", Expenses).In(Currencies.USD).With(Rule(new Waive())), AgreedMonth.Agreement("2", Expenses)], "2/expenses" },

        // What stands: of each version, and of agreements one after the other.
        { "both versions", Records.Device("1"), [TwoVersions("1", "2024-09-15", [Servers], [Servers with { Id = "new" }])], "1/devices-Server 1/new" },
        { "the later version alone", Records.Device("1"), [TwoVersions("1", "2024-09-15", [Time], [Servers])], "1/devices-Server" },
        { "the earlier version alone", Records.Device("1"), [TwoVersions("1", "2024-09-15", [Servers], [Time])], "1/devices-Server" },
        { "one agreement after the other", Records.Device("1"), [AgreedMonth.Agreement("1", Servers).During(Days.Between("2024-01-01", "2024-09-15")), AgreedMonth.Agreement("2", Servers).During(Days.From("2024-09-15"))], "1/devices-Server 2/devices-Server" },
        { "two agreements on a day", Records.Device("1"), [AgreedMonth.Agreement("1", Servers).During(Days.Between("2024-01-01", "2024-09-16")), AgreedMonth.Agreement("2", Servers).During(Days.From("2024-09-15"))], "several-agreements: Agreement 1 or Agreement 2." },
        { "an addition in both versions", Of1, [TwoVersions("1", "2024-09-15", [Additions], [Additions with { Id = "new" }])], "1/additions 1/new" },
        { "an addition that ends with the first", Of1 with { InForce = Days.Between("2024-01-01", "2024-09-15") }, [TwoVersions("1", "2024-09-15", [Additions], [Additions with { Id = "new" }])], "1/additions" },
        { "an addition that begins with the second", Of1 with { InForce = Days.From("2024-09-15") }, [TwoVersions("1", "2024-09-15", [Additions], [Additions with { Id = "new" }])], "1/new" },
        { "an addition that the second prices only", Of1, [TwoVersions("1", "2024-09-15", [Time], [Additions])], "1/additions" },
        { "an addition that neither prices", Of1, [TwoVersions("1", "2024-09-15", [Time], [Time])], "no-agreement-line: Agreement 1, version 1." },
        { "an addition that the first waives", Of1, [Ruled(new Waive(), null)], "1/additions" },
        { "an addition that the second waives", Of1, [Ruled(null, new Waive())], "1/additions" },
        { "an addition that both waive", Of1, [Ruled(new Waive(), new Waive())], "waived: Rule" },
        { "an addition that the second holds", Of1, [Ruled(null, new HoldIt("Look."))], "held-by-rule: Rule: Look." },
    };

    [Theory]
    [MemberData(nameof(Finds), DisableDiscoveryEnumeration = true)]
    public void Find_Activity_IsOfTheAgreementAndLineThatPriceIt(string what, Activity activity, Agreement[] agreements, string expected)
    {
        var @case = new AgreedMonth { Agreements = agreements }.Case();
        var match = new AgreementMatch(@case, Rater.Parts(@case));

        var found = match.Find(activity);
        var text = found.Settled is { } settled
            ? $"{settled.Reason!.Code}: {settled.Detail}"
            : string.Join(' ', (AgreementMatch.IsStanding(activity) ? match.Repeats(found, activity) : []).Prepend(found).Select(m => $"{m.Part!.Agreement.Id}/{m.Line!.Id}"));

        Assert.Equal((what, expected), (what, text));
    }

    [Theory]
    // Quantity, less included, what it would bring at 10.00.
    [InlineData(5, 2, 30)]
    [InlineData(5, 8, 0)] // never less than nothing
    public void Rate_HeldAddition_IsWorthWhatItsAgreementWouldBill(decimal quantity, decimal lessIncluded, decimal worth)
    {
        var month = new ClientMonth { Agreements = [Records.Agreement() with { CurrencyName = "US Dollar" }], Lines = [Time] };

        var held = Assert.Single(month.Rate(Records.Addition("1", quantity, 10) with { LessIncluded = lessIncluded }).Dispositions);

        Assert.Equal(Currencies.Usd(worth), held.Value);
    }

    private static Addition Of1 => Records.Addition("1", 1, 5) with { AgreementId = "1" };

    private static UsageLine Converting => Cloud with { Conversions = [new ConversionRate(Currencies.EUR, 1.1m, Lines.Always)] };

    private static Agreement Ruled(RuleEffect? first, RuleEffect? second)
    {
        var agreement = TwoVersions("1", "2024-09-15", [Additions], [Additions]);
        return agreement with
        {
            Versions =
            [
                agreement.Versions[0] with { Rules = first is null ? [] : [Rule(first)] },
                agreement.Versions[1] with { Rules = second is null ? [] : [Rule(second)] },
            ],
        };
    }

    private static CustomRule Rule(RuleEffect effect) => new("r", "Rule", Lines.Always, new ActivityMatch(), effect);

    private static MilestonesLine Naming(string project) => Milestones with { Projects = [new ProjectPrice(project, null, null, null, null, [new("Stage 1", 5, null)])] };

    private static Agreement TwoVersions(string id, string from, AgreementLine[] first, AgreementLine[] second) => AgreedMonth.Agreement(id) with
    {
        Versions = [new AgreementVersion(1, Days.Between("2024-01-01", from), first, []), new AgreementVersion(2, Days.From(from), second, [])],
    };

    private static Count Seat(string sku = "SEAT") => new()
    {
        Id = new RecordId("rmm", RecordKind.Count, "1"),
        CompanyId = Records.CompanyId,
        CompanyName = "Corrib Foods",
        Sku = sku,
        Description = sku + " counted",
        Day = Days.On("2024-09-14"),
        Quantity = 5,
    };

    private static AgreementMatch.Match Find(RatingCase @case, Activity activity) => new AgreementMatch(@case, Rater.Parts(@case)).Find(activity);
}
