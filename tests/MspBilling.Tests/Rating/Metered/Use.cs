using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;

namespace MspBilling.Tests.Rating.Metered;

/// <summary>Usage lines and records with fixed defaults: GB of Azure Storage in September 2024, in euro.</summary>
internal static class Use
{
    public static UsageLine Line(PriceModel pricing, UsageGrouping groupBy = UsageGrouping.Service) => new() { Id = "use", Service = "Cloud", Pricing = pricing, GroupBy = groupBy };

    public static UsageRecord Of(string id, decimal quantity, string day = "2024-09-10") => Records.Usage(id, 1, day: day) with { Quantity = quantity, Unit = "GB" };

    public static Count Count(string id, decimal quantity, string day = "2024-09-10") => new()
    {
        Id = new RecordId("connectwise", RecordKind.Count, id),
        CompanyId = Records.CompanyId,
        CompanyName = "Corrib Foods",
        Sku = "MBX",
        Description = "Mailboxes",
        Day = Days.On(day),
        Quantity = quantity,
    };

    public static RatedPeriod Rate(this UsageLine line, params IReadOnlyList<Activity> activities) => new ClientMonth { Lines = [line] }.Rate(activities);

    /// <summary>Quantities of 10 September, each a record of its own.</summary>
    public static RatedPeriod Rate(this UsageLine line, params IReadOnlyList<decimal> quantities) => line.Rate([.. quantities.Select((quantity, i) => Of($"{i}", quantity))]);

    /// <summary>Versions that each hold from a day on.</summary>
    public static RatedPeriod Rate(IReadOnlyList<(string From, UsageLine[] Lines)> versions, params IReadOnlyList<Activity> activities)
    {
        var month = new ClientMonth();
        var (directory, client) = (month.Directory, month.Client);
        var agreement = new Agreement
        {
            Id = "A1",
            ClientId = client.Id,
            Name = "Cloud",
            Currency = client.Currency,
            Versions =
            [
                .. versions.Select((version, i) => new AgreementVersion(
                    i + 1, i + 1 < versions.Count ? Days.Between(version.From, versions[i + 1].From) : Days.From(version.From), version.Lines, [])),
            ],
        };
        return Rater.Rate(new RatingCase(client, month.Period, [agreement], directory, activities));
    }

    public static IEnumerable<(string Id, DispositionKind Kind, decimal Units)> Shares(this RatedPeriod rated) =>
        rated.Dispositions.Select(disposition => (disposition.Activity.ExternalId, disposition.Kind, disposition.Quantity.Units));

    /// <summary>What all lines come to.</summary>
    public static decimal Total(this RatedPeriod rated) => rated.Lines.Sum(line => line.Amount.Amount);
}
