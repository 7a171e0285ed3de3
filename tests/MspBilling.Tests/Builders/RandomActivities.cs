using CsCheck;
using MspBilling.Core;
using MspBilling.Core.Capture;

namespace MspBilling.Tests.Builders;

/// <summary>Activities of all seven kinds at random, of a month and the one before: many fit an agreement, some fit nothing.</summary>
internal sealed class RandomActivities(RandomDays days)
{
    private static readonly Gen<string?> AgreementIds = RandomGens.Of<string?>("101", "201", "202", "102", "999", null, null);
    private static readonly Gen<string?> RoleIds = RandomGens.Of<string?>("1", "1", "2", "3", "9", null);
    private static readonly Gen<BillingOption> Options = Gen.Frequency((9, Gen.Const(BillingOption.Billable)), (1, Gen.Enum<BillingOption>()));
    private static readonly Gen<decimal> Hours = Gen.Int[-10, 1_600].Select(hundredths => hundredths / 100m);
    private static readonly Gen<decimal> Amounts = Gen.OneOf(Gen.Int[-5_000, 50_000].Select(n => n / 100m), Gen.Int[0, 5_000].Select(n => n / 10_000m), Gen.Const(0m));
    private static readonly Gen<decimal> Costs = Gen.OneOf(Gen.Long[-2_000_000_000, 20_000_000_000].Select(n => n / 100_000_000m), Gen.Long[-100, 100].Select(n => n / 10_000_000_000m));
    private static readonly Gen<Currency> Currencies = RandomGens.Of("EUR", "EUR", "EUR", "USD", "JPY").Select(Currency.Of);
    private static readonly Gen<string> Skus = RandomGens.Of("SKU-A", "SKU-A1", "SKU-B", "C");
    private static readonly Gen<IReadOnlyList<string>?> Tags = RandomGens.Of<IReadOnlyList<string>?>(["vip"], null, null, null);

    private Gen<Activity> Time => Gen.Select(
        Hours, RoleIds, AgreementIds, Options, Gen.Int[-((days.Before.Days * 24 * 60) + 900), (days.Month.Days * 24 * 60) + 900],
        Gen.Select(RandomGens.Of("Approved", "Approved", "Approved", "Approved", "Approved", "Open", "Open"), RandomGens.Of<string?>(null, null, null, "701", "702", "799"), RandomGens.Of<string?>(null, "4711", "4712")),
        Gen.Select(Gen.Bool, RandomGens.Of<string?>(null, "Remote", "Onsite", "Travel", "Emergency"), RandomGens.Of<string?>(null, "Build"), Gen.Int[-60, 300].OrNone(3)),
        Gen.Select(Tags, RandomGens.Of<string?>(null, "Alerts", "Help Desk")))
        .Select(Activity (hours, role, agreement, option, minute, of, how, told) => Records.Time("", hours, role) with
        {
            AgreementId = agreement,
            Option = option,
            Status = of.Item1,
            ProjectId = of.Item2,
            ProjectName = of.Item2 is null ? null : "Project " + of.Item2,
            TicketId = of.Item3,
            TechnicianId = how.Item1 ? "7" : "8",
            TechnicianName = how.Item1 ? "Nora Kelly" : "Sean Byrne",
            WorkType = how.Item2,
            PhaseName = how.Item3,
            Tags = told.Item1,
            Board = told.Item2,
            Start = new DateTimeOffset(days.Month.Start.ToDateTime(default), TimeSpan.Zero).AddMinutes(minute),
            End = how.Item4 is { } more ? new DateTimeOffset(days.Month.Start.ToDateTime(default), TimeSpan.Zero).AddMinutes(minute + (double)(hours * 60) + more) : null,
        });

    private Gen<Activity> Additions => Gen.Select(Gen.Int[-3, 200], Amounts, Gen.Int[-1, 50], days.Span, Gen.Bool, AgreementIds, Options, Gen.Select(Gen.Int[0, 500], Skus))
        .Select(Activity (quantity, price, less, span, prorate, agreement, option, what) => Records.Addition("", quantity / 2m, price) with
        {
            LessIncluded = less,
            InForce = span,
            Prorate = prorate,
            AgreementId = agreement ?? "201",
            Option = option,
            UnitCost = what.Item1 / 100m,
            Sku = what.Item2,
        });

    private Gen<Activity> Devices => Gen.Select(RandomGens.Of("Server", "Workstation", "Printer"), Gen.Int[0, 9], days.Day.OrNone())
        .Select(Activity (type, state, day) => Records.Device("", type) with { IsActive = state > 0, IsBilled = state != 1, InstalledOn = day });

    private Gen<Activity> Milestones => Gen.Select(Amounts, Gen.Int[0, 19], days.Captured, Options, RandomGens.Of("Design", "Build", "Handover"), RandomGens.Of("701", "703", "702", "799"))
        .Select(Activity (amount, state, day, option, name, project) => Records.Milestone("", state == 0 ? null : amount, projectId: project) with
        {
            Name = name,
            CompletedOn = state == 2 ? null : day,
            Option = option,
        });

    private Gen<Activity> Usage => Gen.Select(
        Costs, RandomGens.Of("Storage", "Compute", "Queue"), days.Captured, Currencies, RandomGens.Of("Azure", "AWS"), Gen.Int[-200, 3_000],
        Gen.Select(RandomGens.Of<string?>("GB", "Hours", null), RandomGens.Of<string?>("ann", "ben", null), Skus, RandomGens.Of("Usage", "Usage", "Usage", "Tax", "Credit"), RandomGens.Of("sub-1", "sub-2")), Tags)
        .Select(Activity (cost, service, day, currency, provider, quantity, what, tags) => Records.Usage("", cost, service) with
        {
            Day = day,
            Currency = currency,
            Provider = provider,
            Quantity = quantity / 8m,
            Unit = what.Item1,
            Subject = what.Item2,
            Sku = what.Item3,
            Category = what.Item4,
            SubAccountId = what.Item5,
            Tags = tags,
        });

    private Gen<Activity> Expenses => Gen.Select(Gen.Int[-4, 20], Amounts.OrNone(), Amounts.OrNone(), days.Captured, Currencies, AgreementIds, Options, Skus)
        .Select(Activity (quantity, price, cost, day, currency, agreement, option, sku) => Records.Expense("", quantity / 2m, price, cost) with
        {
            Day = day,
            Currency = currency,
            AgreementId = agreement,
            Option = option,
            Sku = sku,
            Description = "Bought",
        });

    private Gen<Activity> Counts => Gen.Select(Gen.Int[0, 60], Skus, days.Captured, RandomGens.Of<string?>("ann", "ben", null))
        .Select(Activity (quantity, sku, day, subject) => new Count
        {
            Id = new RecordId("counts", RecordKind.Count, ""),
            CompanyId = Records.CompanyId,
            CompanyName = "Corrib Foods",
            Sku = sku,
            Description = "Counted " + sku,
            Day = day,
            Quantity = quantity / 2m,
            Subject = subject,
        });

    public Gen<Activity> Any => Gen.Frequency((6, Time), (2, Additions), (2, Devices), (2, Milestones), (5, Usage), (2, Expenses), (3, Counts));

    /// <summary>Each of them with an identity of its own.</summary>
    public static Activity[] Numbered(IEnumerable<Activity> activities) => [.. activities.Select((activity, i) => activity with { Id = activity.Id with { ExternalId = $"{i}" } })];
}
