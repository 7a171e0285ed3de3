using MspBilling.Core;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;

namespace MspBilling.Tests.Rating.Recurring;

/// <summary>One agreement's period with fixed defaults: agreement 101 from 2024 on, in euro, September 2024. A test says what differs.</summary>
internal sealed record RecurringCase(params AgreementLine[] Lines)
{
    public Period Period { get; init; } = Days.September;

    public Period Term { get; init; } = Days.From("2024-01-01");

    public Currency Currency { get; init; } = Currencies.EUR;

    /// <summary>The first days of the second and further versions.</summary>
    public DateOnly[] Changes { get; init; } = [];

    /// <summary>Lines of the second version; null are the first one's.</summary>
    public AgreementLine[]? Then { get; init; }

    public CustomRule[] Rules { get; init; } = [];

    public CarriedState Carried { get; init; } = CarriedState.None;

    public static RecurringLine Fee(decimal price = 2400, int months = 1, BillingTiming timing = BillingTiming.Arrears) => new()
    {
        Id = "fee",
        Service = "Managed services",
        Description = "Fee",
        Quantity = new FlatQuantity(),
        Prices = [new DatedPrice(price, Builders.Lines.Always)],
        CycleMonths = months,
        Timing = timing,
    };

    /// <param name="steps">Such as <c>2024-01-01 10</c>, separated by commas.</param>
    public static RecurringLine Seats(string steps, decimal price = 5) => Fee(price) with
    {
        Id = "seats",
        Description = "Seats",
        Unit = "seat",
        Quantity = new AgreedQuantity([.. steps.Split(',').Select(step => step.Trim().Split(' ')).Select(step => new QuantityStep(Days.On(step[0]), decimal.Parse(step[1], System.Globalization.CultureInfo.InvariantCulture)))]),
    };

    public RatedPeriod Rate(params Activity[] activities) => Rate(Period, activities);

    public RatedPeriod Rate(Period period, params Activity[] activities)
    {
        DateOnly[] starts = [Term.Start, .. Changes];
        var versions = starts.Select((start, i) => new AgreementVersion(
            i + 1, new Period(start, i + 1 < starts.Length ? starts[i + 1] : Term.End), i > 0 && Then is not null ? Then : Lines, Rules));
        var agreement = new Agreement { Id = Records.AgreementId, ClientId = Records.ClientId, Name = "Gold support", Currency = Currency, Versions = [.. versions] };
        var month = new ClientMonth();
        var rated = Rater.Rate(new RatingCase(month.Client, period, [agreement], month.Directory, activities) { Carried = Carried });
        Xunit.Assert.Empty(Conservation.Violations(activities, rated.Dispositions));
        return rated;
    }
}
