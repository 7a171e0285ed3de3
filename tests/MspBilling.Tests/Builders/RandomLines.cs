using CsCheck;
using MspBilling.Core.Agreements;
using MspBilling.Core.Time;

namespace MspBilling.Tests.Builders;

/// <summary>Agreement lines at random: every kind with nearly every option, each right by itself. Who makes a version of them numbers them.</summary>
internal sealed class RandomLines(RandomDays days)
{
    public static readonly Gen<decimal> Prices = Gen.OneOf(Gen.Int[0, 50_000].Select(n => n / 100m), Gen.Int[0, 50_000].Select(n => n / 10_000m), Gen.Int[0, 900].Select(n => (decimal)n));

    private static readonly Gen<decimal> Above0 = Prices.Select(price => price + 0.01m);
    private static readonly Gen<decimal> Factors = RandomGens.Of(0.5m, 1.25m, 1.5m, 2m);
    private static readonly Gen<int> Cycles = RandomGens.Of(1, 1, 1, 3, 6, 12);
    private static readonly Gen<string> WorkTypes = RandomGens.Of("Remote", "Onsite", "Travel", "Emergency");
    private static readonly Gen<string> Services = RandomGens.Of("Support", "Cloud", "Licences", "Managed");
    private static readonly Gen<string?> Descriptions = RandomGens.Of("Agreed work", null, null);

    private static readonly Gen<Tier[]> Tiers = Gen.Select(Gen.Int[1, 200].Array[0, 2], Prices.Array[3], RandomGens.Of(0m, 0m, 5m, 12.5m).Array[3])
        .Select((sizes, prices, flats) =>
        {
            var upTo = 0m;
            return sizes.Select((size, i) => new Tier(upTo += size / 2m, prices[i], flats[i])).Append(new Tier(null, prices[2], flats[2])).ToArray();
        });

    public static readonly Gen<PriceModel> OfQuantity = Gen.OneOf<PriceModel>(
        Prices.Select(PriceModel (price) => new PerUnitPrice(price)),
        Tiers.Select(PriceModel (tiers) => new GraduatedPrice(tiers)),
        Tiers.Select(PriceModel (tiers) => new VolumePrice(tiers)),
        Gen.Select(RandomGens.Of(1m, 2.5m, 10m, 100m), Prices).Select(PriceModel (size, price) => new PackagePrice(size, price)));

    private static readonly Gen<PriceModel> OfUse = Gen.OneOf<PriceModel>(
        OfQuantity,
        Gen.Select(RandomGens.Of(0m, 12.5m, 15m), RandomGens.Of(0m, 0m, 0.01m)).Select(PriceModel (percent, each) => new CostMarkup(percent, each)),
        Tiers.Select(PriceModel (tiers) => new TieredMarkup(tiers)),
        RandomGens.Of(8m, 3.3m).Select(PriceModel (percent) => new PercentageOfCost(percent)),
        Gen.Const<PriceModel>(new PassThrough()));

    public static readonly Gen<ActivityMatch> Matches = RandomGens.Of(
        new ActivityMatch { Kinds = [ActivityKind.Time, ActivityKind.Expense] }, new ActivityMatch { Kinds = [ActivityKind.Usage, ActivityKind.Count] }, new ActivityMatch(),
        new ActivityMatch { People = ["Nora Kelly"] }, new ActivityMatch { Roles = ["Role 1", "2"] }, new ActivityMatch { WorkTypes = ["Emergency", "On*"] }, new ActivityMatch { Boards = ["Alerts"] },
        new ActivityMatch { Projects = ["701"] }, new ActivityMatch { Phases = ["Build"] }, new ActivityMatch { Skus = ["SKU-A*", "SKU-B"] }, new ActivityMatch { DeviceTypes = ["Server"] },
        new ActivityMatch { Providers = ["Azure"] }, new ActivityMatch { CloudServices = ["Storage"] }, new ActivityMatch { Accounts = ["sub-1"] }, new ActivityMatch { Categories = ["Usage"] },
        new ActivityMatch { Tags = ["vip"] }, new ActivityMatch { Weekdays = [DayOfWeek.Saturday, DayOfWeek.Sunday] }, new ActivityMatch { TimeOfDay = new TimeOfDay(new TimeOnly(18, 0), new TimeOnly(8, 0)) });

    private readonly Gen<TimeRate[]> _rates = Gen.Select(Gen.Select(Above0, Gen.Int[0, 8], days.Day.OrNone(2)).Array[0, 5], Above0).Select((rates, later) => rates
        .DistinctBy(rate => rate.Item2)
        .SelectMany(rate => rate.Item3 is not { } day ? [Rate(rate.Item1, rate.Item2, Lines.Always)]
            : new[] { Rate(rate.Item1, rate.Item2, new Period(DateOnly.MinValue, day)), Rate(later, rate.Item2, new Period(day, Period.NoEnd)) }).ToArray());

    public Gen<AgreementLine> Time => Gen.Select(
        _rates,
        Gen.Select(RandomGens.Of(0m, 0m, 0.25m, 1m), RandomGens.Of<decimal?>(null, 0.1m, 0.25m, 0.125m), Gen.Enum<RoundingScope>()),
        Gen.Select(Factors.OrNone(), Factors.OrNone(), Factors.OrNone()),
        Gen.Select(RandomGens.Of<decimal?>(null, 4m, 8m), RandomGens.Of<decimal?>(null, 10m, 40m), Factors),
        Gen.Select(Gen.Int[0, 3], Factors, Prices).Select((form, factor, price) => new Travel(["Travel"], form == 0 ? factor : null, form == 1 ? price : null, form == 2 ? price : null, form == 3)).OrNull(),
        Gen.Select(Gen.Enum<CapScope>(), Gen.Int[0, 2_000], Gen.Bool).Select((scope, amount, isNamed) => new TimeCap(scope, amount / 3m, !isNamed || scope == CapScope.Month ? null : scope == CapScope.Ticket ? "4711" : "Project 701")).Array[0, 2],
        Head(Services))
        .Select(AgreementLine (rates, rounding, factors, overtime, travel, caps, head) => new TimeLine
        {
            Id = "time",
            Service = head.Service,
            Description = head.Description,
            Match = head.Match,
            Rates = rates,
            MinimumHours = rounding.Item1,
            IncrementHours = rounding.Item2,
            RoundedBy = rounding.Item3,
            AfterHoursFactor = factors.Item1,
            WeekendFactor = factors.Item2,
            HolidayFactor = factors.Item3,
            Overtime = overtime.Item1 is null && overtime.Item2 is null ? null : new Overtime(overtime.Item1, overtime.Item2, overtime.Item3),
            Travel = travel,
            Caps = [.. caps.DistinctBy(cap => (cap.Scope, cap.Subject))],
        });

    private Gen<RetainerBlock> Blocks => Gen.Select(days.Day, Above0, Gen.Int[1, 90].OrNone(), Prices.OrNone()).Select((day, quantity, ends, price) => new RetainerBlock(day, quantity / 10, ends is { } last ? day.AddDays(last) : null, price));

    public Gen<AgreementLine> Retainer => Gen.Select(
        Gen.Frequency((5, Gen.Const(RetainerMeasure.Hours)), (2, Gen.Const(RetainerMeasure.Money))),
        Gen.Select(Gen.Int[1, 400].Select(n => n / 10m).OrNone(), Cycles, days.Day.OrNone(2), Gen.Int[0, 2], Gen.Int[0, 9]),
        Blocks.Array[0, 2],
        Gen.Int[0, 3].OrNone(3),
        Gen.Select(WorkTypes, Factors).Select((type, factor) => new WorkTypeWeight(type, factor)).Array[0, 2],
        Above0.OrNone(2),
        Gen.Select(Gen.Int[0, 20], Gen.Int[1, 50], Prices, RandomGens.Of<int?>(null, 1, 12)).Select((below, quantity, price, months) => new TopUp(below, quantity / 4m, price, months)).OrNull(2),
        Head(Services))
        .Select(AgreementLine (measure, grant, blocks, service, weights, overage, topUp, head) =>
        {
            var isUnlimited = grant.Item5 == 0;
            var included = isUnlimited ? null : blocks.Length == 0 ? grant.Item1 ?? 8 : grant.Item1;
            return new RetainerLine
            {
                Id = "retainer",
                Service = head.Service,
                Description = head.Description,
                Match = head.Match,
                Measure = measure,
                Included = included,
                IsUnlimited = isUnlimited,
                CycleMonths = grant.Item2,
                Anchor = grant.Item3,
                RollOverCycles = included is null ? 0 : grant.Item4,
                Blocks = isUnlimited ? [] : blocks,
                Services = service is { } place ? [$"{place}"] : null,
                Weights = isUnlimited || measure == RetainerMeasure.Money ? [] : [.. weights.DistinctBy(weight => weight.WorkType)],
                OverageRate = isUnlimited || measure == RetainerMeasure.Money ? null : overage,
                TopUp = isUnlimited ? null : topUp,
            };
        });

    private Gen<RecurringQuantity> Quantities => Gen.OneOf<RecurringQuantity>(
        Gen.Const<RecurringQuantity>(new FlatQuantity()),
        Gen.Select(days.Day, Gen.Int[0, 40], Gen.Int[1, 40], Gen.Int[0, 60]).Select(RecurringQuantity (day, first, then, second) => new AgreedQuantity([new QuantityStep(day, first / 2m), new QuantityStep(day.AddDays(then), second / 2m)])),
        Gen.Const<RecurringQuantity>(new DeviceQuantity()),
        Gen.Const<RecurringQuantity>(new AdditionQuantity()),
        Gen.Enum<Aggregation>().Select(RecurringQuantity (aggregation) => new CountQuantity(aggregation)));

    public Gen<AgreementLine> Recurring => Gen.Select(
        Quantities,
        Gen.Select(Prices, Prices, days.Day, OfQuantity, Gen.Int[0, 4]),
        Gen.Select(Cycles, days.Day.OrNone(), Gen.Enum<BillingTiming>(), Gen.Enum<Proration>()),
        Gen.Select(days.Day, RandomGens.Of(100m, 100m, 50m)).Select((day, percent) => new Trial(day, percent)).OrNull(3),
        Gen.Select(days.Day, Gen.Int[0, 2], RandomGens.Of(4m, 2.5m)).Select((day, years, percent) => new Uplift(day.AddYears(-years), percent)).OrNull(3),
        RandomGens.Of<string?>("seat", "GB", null),
        Head(Services))
        .Select(AgreementLine (quantity, price, cycle, trial, uplift, unit, head) => new RecurringLine
        {
            Id = "recurring",
            Service = head.Service,
            Description = head.Description,
            Match = head.Match,
            Quantity = quantity,
            Unit = unit,
            Prices = price.Item5 switch
            {
                0 => [],
                1 => [new DatedPrice(price.Item1, new Period(DateOnly.MinValue, price.Item3)), new DatedPrice(price.Item2, new Period(price.Item3, Period.NoEnd))],
                2 when quantity is AdditionQuantity => [],
                _ => [new DatedPrice(price.Item1, Lines.Always)],
            },
            Pricing = price.Item5 == 0 ? price.Item4 : null,
            CycleMonths = cycle.Item1,
            Anchor = cycle.Item2,
            Timing = cycle.Item3,
            Proration = cycle.Item4,
            Trial = trial,
            Uplift = uplift,
        });

    public Gen<AgreementLine> Usage => Gen.Select(
        Gen.Frequency((3, Gen.Const(Aggregation.Sum)), (2, Gen.Enum<Aggregation>())),
        Gen.Enum<UsageGrouping>(),
        OfUse,
        RandomGens.Of<string?>("GB", null, null),
        Gen.Select(RandomGens.Of(0m, 0m, 10m, 33.3m), Gen.Int[0, 30_000].Select(n => n / 100m).OrNone(2), Gen.Int[0, 60_000].Select(n => n / 100m).OrNone(2)),
        Gen.Select(days.Day, RandomGens.Of(0.92m, 1.1m), RandomGens.Of("USD", "JPY", "EUR"), Gen.Int[0, 3]).Select((day, rate, currency, form) => form == 0
            ? new[] { Conversion(currency, rate, new Period(DateOnly.MinValue, day)), Conversion(currency, rate / 3, new Period(day, Period.NoEnd)) }
            : form == 1 ? [Conversion(currency, rate, new Period(day, Period.NoEnd))] : []),
        Gen.Bool,
        Head(Services))
        .Select(AgreementLine (aggregation, grouping, pricing, unit, limits, conversions, credits, head) => new UsageLine
        {
            Id = "usage",
            Service = head.Service,
            Description = head.Description,
            Match = head.Match ?? (credits ? new ActivityMatch { Kinds = [ActivityKind.Usage, ActivityKind.Count] } : null),
            Aggregation = aggregation,
            GroupBy = grouping,
            Pricing = pricing,
            Unit = unit,
            Included = pricing.IsOfCost ? 0 : limits.Item1,
            Minimum = limits.Item2 > limits.Item3 ? limits.Item3 : limits.Item2,
            Maximum = limits.Item3,
            Conversions = conversions,
            CreditsLowerUse = credits,
        });

    private Gen<ProjectPrice> Projects => Gen.Select(RandomGens.Of("701", "Project 703"), Gen.Int[0, 2], Gen.Int[1, 1_000_000].Select(n => n / 100m), Gen.Int[1, 99], days.Day.OrNone(), Gen.Int[0, 800_000].Select(n => n / 100m).OrNone())
        .Select((project, form, price, percent, depositOn, cap) =>
        {
            MilestonePrice[] milestones = form switch
            {
                0 => [new MilestonePrice("Design", null, percent), new MilestonePrice("Build", null, 100 - percent)],
                1 => [new MilestonePrice("Design", price, null), new MilestonePrice("Build", price / 3, null)],
                _ => [],
            };
            return new ProjectPrice(project, form == 0 ? price : null, depositOn is null ? null : price / 2, depositOn, form == 2 && depositOn is null ? cap ?? 1_000 : cap, milestones);
        });

    public Gen<AgreementLine> Milestones => Gen.Select(Projects.Array[0, 2], Head(Services))
        .Select(AgreementLine (projects, head) => new MilestonesLine { Id = "milestones", Service = head.Service, Description = head.Description, Match = head.Match, Projects = [.. projects.DistinctBy(project => project.Project)] });

    public static Gen<AgreementLine> Expenses => Gen.Select(RandomGens.Of<decimal?>(null, 0m, 10m, 12.5m), Head(Services))
        .Select(AgreementLine (percent, head) => new ExpensesLine(percent) { Id = "expenses", Service = head.Service, Description = head.Description, Match = head.Match });

    /// <summary>Its targets are places in the version's lines, for who numbers them to name.</summary>
    public Gen<AgreementLine> Discount => Gen.Select(Gen.Int[0, 2], Gen.Enum<DiscountScope>(), Gen.Int[1, 10_000], Gen.Int[0, 5], Gen.Frequency((2, Gen.Const(Lines.Always)), (1, days.Span)), RandomGens.Of<int?>(null, null, 1, 12), Descriptions)
        .Select(AgreementLine (form, scope, size, target, span, first, description) => new DiscountLine
        {
            Id = "discount",
            Service = "Discounts",
            Description = description,
            Scope = scope,
            Targets = scope is DiscountScope.Lines or DiscountScope.Services ? [$"{target}"] : [],
            Percent = form == 0 ? size / 100m : null,
            Amount = form == 1 ? size / 7m : null,
            ByVolume = form == 2 ? [new VolumeDiscount(0, size / 400m), new VolumeDiscount(size, size / 200m)] : [],
            InForce = span,
            FirstPeriods = first,
        });

    public Gen<AgreementLine> Any => Gen.Frequency((4, Time), (3, Retainer), (4, Recurring), (4, Usage), (2, Milestones), (2, Expenses), (3, Discount));

    public Gen<CustomRule> Rule => Gen.Select(
        days.Span,
        Matches,
        Gen.OneOf<RuleEffect>(
            Prices.Select(RuleEffect (price) => new SetPrice(price + 0.01m)), Factors.Select(RuleEffect (factor) => new MultiplyPrice(factor)), Factors.Select(RuleEffect (factor) => new MultiplyPrice(factor / 3)),
            Prices.Select(RuleEffect (amount) => new CapAmount(amount)), Gen.Const<RuleEffect>(new Waive()), Gen.Const<RuleEffect>(new HoldIt("someone has to look")),
            RandomGens.Of<RuleEffect>(new Reclassify(Role: "Role 2"), new Reclassify(WorkType: "Onsite"), new Reclassify(Sku: "SKU-A"), new Reclassify(DeviceType: "Server", Role: "Nobody"))),
        Gen.Bool)
        .Select((span, match, effect, ends) => new CustomRule("rule", "As agreed", span, match, effect, ends));

    private static Gen<(string Service, string? Description, ActivityMatch? Match)> Head(Gen<string> services) => Gen.Select(services, Descriptions, Matches.OrNull(5));

    private static ConversionRate Conversion(string currency, decimal rate, Period days) => new(Core.Currency.Of(currency), rate, days);

    private static TimeRate Rate(decimal price, int subject, Period inForce) => subject switch
    {
        0 => new TimeRate(price, inForce, Role: "1"),
        1 => new TimeRate(price, inForce, Role: "Role 2"),
        2 => new TimeRate(price, inForce, Person: "7"),
        3 => new TimeRate(price, inForce, Person: "Sean Byrne", WorkType: "Onsite"),
        4 => new TimeRate(price, inForce, WorkType: "Remote"),
        5 => new TimeRate(price, inForce, Phase: "Build"),
        6 => new TimeRate(price, inForce, Phase: "Build", Role: "1"),
        7 => new TimeRate(price, inForce, Role: "2", WorkType: "Emergency"),
        _ => new TimeRate(price, inForce),
    };
}
