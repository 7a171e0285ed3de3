using MspBilling.Core.Agreements;
using MspBilling.Core.Time;

namespace MspBilling.Tests.Builders;

/// <summary>Agreement lines of the usual kinds; their ids are their kinds.</summary>
internal static class Lines
{
    public static readonly Period Always = new(DateOnly.MinValue, Period.NoEnd);

    /// <summary>At the PSA agreement's fee.</summary>
    public static RecurringLine Fee(string service = "Managed services", string description = "Monthly fee") =>
        new() { Id = "fee", Service = service, Description = description, Quantity = new FlatQuantity() };

    /// <summary>At the additions' own prices.</summary>
    public static RecurringLine Additions(string service = "Licences") => new() { Id = "additions", Service = service, Quantity = new AdditionQuantity() };

    public static RecurringLine Device(string type, decimal price, string service = "Managed services") => new()
    {
        Id = "devices-" + type,
        Service = service,
        Quantity = new DeviceQuantity(),
        Unit = "device",
        Description = type + " management",
        Match = new ActivityMatch { DeviceTypes = [type] },
        Prices = [new DatedPrice(price, Always)],
    };

    public static TimeLine Time(string service = "Support", decimal minimumHours = 0, decimal? incrementHours = null) =>
        new() { Id = "time", Service = service, MinimumHours = minimumHours, IncrementHours = incrementHours };

    public static UsageLine Cloud(string service = "Cloud", decimal markupPercent = 0) => new() { Id = "cloud", Service = service, Pricing = new CostMarkup(markupPercent) };

    public static MilestonesLine Milestones(string service = "Projects") => new() { Id = "milestones", Service = service };

    public static ExpensesLine Expenses(string service = "Expenses", decimal? markupPercent = null) => new(markupPercent) { Id = "expenses", Service = service };

    public static DiscountLine Discount(string description, string[] services, decimal percent, Period inForce) => new()
    {
        Id = "discount-" + description,
        Service = description,
        Description = description,
        Scope = DiscountScope.Services,
        Targets = services,
        Percent = percent,
        InForce = inForce,
    };
}
