using CsCheck;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Tests.Builders;

/// <summary>Months at random: any activities against any agreements, many of which do not fit together.</summary>
internal static class RandomMonths
{
    private static readonly Gen<Period> Spans = Gen.OneOf(
        Days.From("2024-01-01"), Days.Between("2021-01-01", "2024-09-01"), Days.Between("2024-01-01", "2024-09-13"), Days.From("2024-09-12"), Days.Between("2024-09-05", "2024-09-25"), Days.From("2024-10-01"));

    private static readonly Gen<string?> AgreementIds = Gen.OneOf<string?>("101", "101", "102", "103", "999", null);
    private static readonly Gen<string?> RoleIds = Gen.OneOf<string?>("1", "1", "2", "3", "9", null);
    private static readonly Gen<BillingOption> Options = Gen.Frequency((6, (IGen<BillingOption>)Gen.Const(BillingOption.Billable)), (1, Gen.Enum<BillingOption>()));
    private static readonly Gen<decimal> Hours = Gen.Int[-20, 1_600].Select(hundredths => hundredths / 100m);
    private static readonly Gen<decimal> Prices = Gen.OneOf<decimal>(Gen.Int[-5_000, 50_000].Select(n => n / 100m), Gen.Int[0, 5_000].Select(n => n / 10_000m), Gen.Const(0m));
    private static readonly Gen<decimal> Costs = Gen.OneOf<decimal>(Gen.Long[-2_000_000_000, 20_000_000_000].Select(n => n / 100_000_000m), Gen.Long[-100, 100].Select(n => n / 10_000_000_000m));

    private static readonly Gen<Activity> Entries = Gen.Select(Hours, RoleIds, AgreementIds, Options, Gen.Int[0, (30 * 24 * 60) - 1], Gen.OneOf("Approved", "Approved", "Approved", "Open", "Billed", "WrittenOff"), Gen.OneOf<string?>(null, null, "701", "702", "799"))
        .Select(Activity (hours, role, agreement, option, minute, status, project) => Records.Time("", hours, role) with
        {
            AgreementId = agreement,
            Option = option,
            Status = status,
            ProjectId = project,
            Start = Days.At("2024-08-31T23:00Z").AddMinutes(minute), // September in Dublin
        });

    private static readonly Gen<Activity> Additions = Gen.Select(Gen.Int[-3, 200], Prices, Gen.Int[-1, 50], Spans, Gen.Bool, AgreementIds, Options, Gen.Int[0, 500])
        .Select(Activity (quantity, price, less, span, prorate, agreement, option, cost) => Records.Addition("", quantity / 2m, price) with
        {
            LessIncluded = less,
            InForce = span,
            Prorate = prorate,
            AgreementId = agreement ?? "101",
            Option = option,
            UnitCost = cost / 100m,
        });

    private static readonly Gen<Activity> Devices = Gen.Select(Gen.OneOf("Server", "Workstation", "Printer"), Gen.Int[0, 9], Gen.Int[0, 400])
        .Select(Activity (type, state, day) => Records.Device("", type) with { IsActive = state > 0, IsBilled = state != 1, InstalledOn = Days.On("2023-10-01").AddDays(day) });

    private static readonly Gen<Activity> Milestones = Gen.Select(Prices, Gen.Int[0, 9], Gen.Int[0, 29], Options)
        .Select(Activity (amount, state, day, option) => Records.Milestone("", state == 0 ? null : amount, projectId: state == 1 ? "799" : "701") with
        {
            CompletedOn = state == 2 ? null : Days.September.Start.AddDays(day),
            Option = option,
        });

    private static readonly Gen<Activity> Usage = Gen.Select(Costs, Gen.OneOf("Storage", "Compute", "Queue"), Gen.Int[0, 29], Gen.OneOf("EUR", "EUR", "EUR", "USD", "JPY"), Gen.OneOf("Azure", "AWS"))
        .Select(Activity (cost, service, day, currency, provider) => Records.Usage("", cost, service) with
        {
            Day = Days.September.Start.AddDays(day),
            Currency = Core.Currency.Of(currency),
            Provider = provider,
        });

    private static readonly Gen<AgreementLine[]> Priced = Gen.OneOf<AgreementLine[]>(
        Gen.Const<AgreementLine[]>([Lines.Fee("Managed")]),
        Gen.Const<AgreementLine[]>([Lines.Additions()]),
        Gen.Const<AgreementLine[]>([Lines.Device("Server", 49.50m, "Devices"), Lines.Device("Workstation", 12.345m, "Devices")]),
        Gen.Select(Gen.OneOf(0m, 0.25m, 1m), Gen.OneOf(0.1m, 0.25m, 0.125m)).Select(AgreementLine[] (minimum, increment) => [Lines.Time("Support", minimum, increment)]),
        Gen.OneOf(0m, 12.5m, 15m).Select(AgreementLine[] (percent) => [Lines.Cloud("Cloud", percent)]),
        Gen.Const<AgreementLine[]>([Lines.Milestones()]));

    private static readonly Gen<AgreementLine> Discounts = Gen.Select(Gen.Int[0, 1_000], Gen.OneOf("Licences", "Support", "Cloud", "Managed"))
        .Select(AgreementLine (percent, service) => Lines.Discount("Loyalty", [service], percent / 10m, Days.From("2024-01-01")));

    private static readonly Gen<PsaAgreement> Agreements = Gen.Select(Spans, Gen.OneOf<string?>(null, null, null, "US Dollar", "JPY"), Gen.Int[0, 500_000], Gen.Bool, Gen.OneOf<decimal?>(null, 0, 3, 7.3m, 40), Gen.OneOf("Gold", "Gold", "Silver", "Unheard of"))
        .Select((term, currency, fee, prorate, included, type) => Records.Agreement() with
        {
            Term = term,
            CurrencyName = currency,
            MonthlyFee = fee / 100m,
            Prorate = prorate,
            IncludedHours = included,
            TypeName = type,
        });

    // A fee that no line bills quarantines the client, which is tested by itself.
    private static PsaAgreement WithFeeThatIsBilled(PsaAgreement agreement, AgreementLine[] gold, AgreementLine[] silver)
    {
        var lines = agreement.TypeName switch { "Gold" => gold, "Silver" => silver, _ => [] };
        return lines.Any(line => line is RecurringLine { Quantity: FlatQuantity }) ? agreement : agreement with { MonthlyFee = null };
    }

    private static AgreementLine[] OneOfEach(AgreementLine[][] kinds) => [.. kinds.DistinctBy(lines => lines[0].Id).SelectMany(lines => lines)];

    /// <summary>A month and its activities, numbered so that each has an identity of its own.</summary>
    public static Gen<(ClientMonth Month, Activity[] Activities)> All { get; } = Gen.Select(
        Gen.OneOf<Activity>(Entries, Entries, Additions, Devices, Milestones, Usage).Array[0, 25],
        Agreements.Array[0, 3],
        Priced.Array[0, 7].Select(OneOfEach),
        Priced.Array[0, 4].Select(OneOfEach),
        Discounts.Array[0, 2],
        Gen.Frequency((9, false), (1, true)))
        .Select((activities, agreements, gold, silver, discounts, isInternal) => (
            new ClientMonth
            {
                Company = Records.Company() with { IsInternal = isInternal },
                Agreements = [.. agreements.Select((agreement, i) => WithFeeThatIsBilled(agreement, gold, silver) with { Id = agreement.Id with { ExternalId = $"{101 + i}" } })],
                Lines = [.. gold, .. discounts.Select((discount, i) => discount with { Id = $"discount-{i}" })],
                Settings = Records.Settings with { AgreementTypes = [new AgreementType("Silver", silver)] },
                References =
                [
                    Records.Role("1", 95), Records.Role("2", 110.335m), Records.Role("3", null), Records.RoleRate("2", 80), Records.RoleRate("1", 100, "102"),
                    Records.Project("701"), Records.Project("702", isFixedFee: true),
                ],
            },
            activities.Select((activity, i) => activity with { Id = activity.Id with { ExternalId = $"{i}" } }).ToArray()));
}
