using System.Text;
using CsCheck;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.Tests.Builders;

/// <summary>A month with what was captured in it and in the month before it.</summary>
internal sealed record RandomMonth(ClientMonth Month, Activity[] Activities)
{
    public ClientMonth Before => Month with { Period = Period.MonthOf(Month.Period.Start.AddDays(-1)) };

    /// <summary>Those that the period's bill is made of: its own, and those that stand.</summary>
    public static Activity[] Of(ClientMonth month, IEnumerable<Activity> activities)
    {
        var directory = month.Directory;
        return ClientBilling.Counted(directory, Records.ClientId, activities.Where(activity => directory.Attribute(activity).Month is not { } own || own == month.Period), month.Period);
    }

    /// <summary>The month, with what the one before left to it.</summary>
    public ClientMonth Carrying() => Month with { Carried = Before.Rate(Of(Before, Activities)).Carried };

    /// <summary>As a failing property prints it.</summary>
    public override string ToString() => Month + "\nactivities " + Encoding.UTF8.GetString(RecordJson.Serialize(Activities.Cast<object>()));
}

/// <summary>Months at random: any activities against any agreements, many of which do not fit together.</summary>
internal static class RandomMonths
{
    // A leap day, the clock put forward and back in Europe and in America, and a quarter's end.
    private static readonly Period[] Months = [Period.Month(2024, 2), Period.Month(2024, 3), Period.Month(2024, 9), Period.Month(2024, 10), Period.Month(2024, 11)];

    private static readonly Gen<string> Zones = RandomGens.Of("Europe/Dublin", "Europe/Dublin", "America/Chicago", "Asia/Kolkata", "Australia/Lord_Howe", "Asia/Beirut", "Pacific/Kiritimati");

    private static readonly Gen<AgreementLine[]> Priced = Gen.OneOf<AgreementLine[]>(
        Gen.Const<AgreementLine[]>([Lines.Fee("Managed")]),
        Gen.Const<AgreementLine[]>([Lines.Additions()]),
        Gen.Const<AgreementLine[]>([Lines.Device("Server", 49.50m, "Devices"), Lines.Device("Workstation", 12.345m, "Devices")]),
        Gen.Select(RandomGens.Of(0m, 0.25m, 1m), RandomGens.Of(0.1m, 0.25m, 0.125m)).Select(AgreementLine[] (minimum, increment) => [Lines.Time("Support", minimum, increment)]),
        RandomGens.Of(0m, 12.5m, 15m).Select(AgreementLine[] (percent) => [Lines.Cloud("Cloud", percent)]),
        Gen.Const<AgreementLine[]>([Lines.Milestones()]));

    /// <summary>A month and the one before, together with their activities.</summary>
    public static Gen<RandomMonth> Two { get; } = Gen.OneOf([.. Months.Select(month => Of(new RandomDays(month)))]);

    /// <summary>A month and its activities, numbered so that each has an identity of its own; what it carries is of the month before.</summary>
    public static Gen<(ClientMonth Month, Activity[] Activities)> All { get; } = Gen.Select(Two, Gen.Bool)
        .Select((two, carries) => (carries ? two.Carrying() : two.Month, RandomMonth.Of(two.Month, two.Activities).ToArray()));

    private static Gen<RandomMonth> Of(RandomDays days)
    {
        var (agreements, activities) = (new RandomAgreements(days), new RandomActivities(days));
        var types = Gen.Select(Priced.Array[0, 5], agreements.Type).Select(AgreementLine[] (priced, own) => [.. priced.DistinctBy(lines => lines[0].Id).SelectMany(lines => lines), .. own]);
        return Gen.Select(
            activities.Any.Array[0, 12],
            agreements.Psa.Array[0, 2],
            agreements.Document("201", 1, 4).OrNull(),
            agreements.Document("202", 1, 4).OrNull(2),
            Gen.Select(types, types),
            agreements.Rules,
            Gen.Select(Zones, RandomGens.Of<string?>(null, null, null, "USD", "JPY"), Gen.Frequency((15, Gen.Const(false)), (1, Gen.Const(true)))))
            .Select((captured, psa, first, second, lines, rules, client) => new RandomMonth(
                new ClientMonth
                {
                    Period = days.Month,
                    Company = Records.Company() with { IsInternal = client.Item3, CurrencyName = client.Item2 },
                    Agreements = [.. psa.Select((agreement, i) => WithFeeThatIsBilled(agreement, lines.Item1, lines.Item2) with { Id = agreement.Id with { ExternalId = $"{101 + i}" } })],
                    Lines = lines.Item1,
                    Settings = Settings(days.Month, client.Item1, lines.Item2, rules),
                    References =
                    [
                        Records.Role("1", 95), Records.Role("2", 110.335m), Records.Role("3", null), Records.RoleRate("2", 80), Records.RoleRate("1", 100, "102"),
                        Records.Project("701"), Records.Project("702", isFixedFee: true), Records.Project("703"),
                        .. new[] { first, second }.OfType<AgreementDocument>(),
                    ],
                },
                RandomActivities.Numbered(captured)));
    }

    private static MspSettings Settings(Period month, string zone, AgreementLine[] silver, IReadOnlyList<CustomRule> rules) => Records.Settings with
    {
        DefaultTimeZone = zone,
        AgreementTypes = [new AgreementType("Silver", silver)],
        Rules = rules,
        RateCards = [new RateCard(Currencies.USD, [new TimeRate(105.5m, Lines.Always), new TimeRate(140, Lines.Always, Role: "1")]), new RateCard(Currencies.JPY, [new TimeRate(15_000.5m, Lines.Always)])],
        Calendars = [new WorkCalendar("shifts", DayOfWeek.Sunday, [.. Hours()], [new Holiday(month.Start.AddDays(11), "A holiday"), new Holiday(month.Start, "The first")])],
    };

    // Two stretches on weekdays, the later one to midnight; Saturday without any, Sunday in the hours in which the clock is changed.
    private static IEnumerable<BusinessHours> Hours() => Enumerable.Range(1, 5)
        .SelectMany(day => new[] { new BusinessHours((DayOfWeek)day, new TimeOnly(9, 0), new TimeOnly(12, 30)), new BusinessHours((DayOfWeek)day, new TimeOnly(20, 0), TimeOnly.MinValue) })
        .Append(new BusinessHours(DayOfWeek.Sunday, new TimeOnly(1, 15), new TimeOnly(2, 15)));

    // A fee that no line bills quarantines the client, which is tested by itself.
    private static PsaAgreement WithFeeThatIsBilled(PsaAgreement agreement, AgreementLine[] gold, AgreementLine[] silver)
    {
        var lines = agreement.TypeName switch { "Gold" => gold, "Silver" => silver, _ => [] };
        return lines.Any(line => line is RecurringLine { Quantity: FlatQuantity, Prices.Count: 0, Pricing: null }) ? agreement : agreement with { MonthlyFee = null };
    }
}
