namespace MspBilling.Adapters.Capture.CostManagement;

/// <summary>An Azure Cost Management export of actual cost: one record for each subscription, meter and day in it.</summary>
/// <remarks>
/// <para>Actual cost has a reservation or a savings plan once, where it was bought, and the usage that it covers at no cost. Amortised cost spreads the purchase over that usage: who
/// takes both bills it twice, so amortised files are refused. They are told by the unused part of a benefit, which only they have, and by covered usage at a cost
/// (learn.microsoft.com/azure/cost-management-billing/reservations/understand-reserved-instance-usage-ea, "Get the reservation costs").</para>
/// <para>A purchase that is of no subscription is the customer tenant's where partners' files name one, else the billing account's.</para>
/// </remarks>
internal static class CostManagementFile
{
    public const string Source = "azure-cost";
    private const string Provider = "Microsoft";
    private const string ExpectedDate = "a date like 09/18/2024 (month first) or 2024-09-18";

    // Month first in the files of all agreement types (the vendor's samples of each schema); newer versions and Parquet have ISO dates.
    private static readonly IReadOnlyList<string> DateForms = ["MM/dd/yyyy", "M/d/yyyy", "MM/dd/yyyy HH:mm:ss", .. UsageCells.TimeForms];

    public static UsageFormat Format { get; } = new(Source, CostManagementColumns.Are, Add);

    private static void Add(UsageTable table, UsageGroups groups, ProblemList problems)
    {
        if (CostManagementColumns.In(table, problems) is not { } columns)
            return;

        table.Choose(columns.Places);
        var cells = new UsageCells(table, problems, DateForms, ExpectedDate);
        while (!problems.IsFull && table.Read())
        {
            if (cells.AreAll())
                groups.Add(Row(cells, columns), mayAdd: problems.Count == 0);
        }
    }

    private static UsageRow Row(UsageCells cells, CostManagementColumns columns)
    {
        var day = DateOnly.FromDateTime(cells.Time(columns.Date).UtcDateTime);
        var period = cells.OptionalTime(columns.BillingPeriodStart) is { } start ? DateOnly.FromDateTime(start.UtcDateTime) : new DateOnly(day.Year, day.Month, 1);
        var account = cells.Text(columns.BillingAccountId);
        var subscription = cells.OptionalText(columns.SubscriptionId);
        var tenant = cells.OptionalText(columns.CustomerTenantId);
        var cost = cells.Number(columns.Cost);
        var charge = cells.Text(columns.ChargeType);
        if (IsAmortised(charge, cells.OptionalText(columns.PricingModel), cost))
            cells.Problem(columns.ChargeType, "a charge of an export of actual cost; this one is of amortised cost, which bills reservations and savings plans a second time. Export actual cost, or FOCUS");

        var service = cells.OptionalFirst(columns.MeterCategory, columns.ConsumedService, columns.PublisherName);
        return new UsageRow
        {
            Provider = Provider,
            BillingAccount = account,
            SubAccount = !subscription.IsEmpty ? subscription : !tenant.IsEmpty ? tenant : account,
            SubAccountName = cells.OptionalFirst(subscription.IsEmpty ? columns.CustomerName : columns.SubscriptionName),
            Category = CategoryOf(charge),
            Service = service.IsEmpty ? Provider : service,
            Sku = cells.OptionalFirst(columns.MeterId, columns.ProductId),
            Unit = cells.OptionalText(columns.Unit),
            Currency = cells.Currency(columns.Currency),
            Description = cells.OptionalFirst(columns.Product, columns.MeterName),
            BillingPeriod = period,
            Day = day,
            Quantity = cells.OptionalNumber(columns.Quantity) ?? 0,
            Cost = cost,
        };
    }

    private static bool IsAmortised(ReadOnlySpan<char> charge, ReadOnlySpan<char> pricing, decimal cost) =>
        charge.StartsWith("Unused", StringComparison.OrdinalIgnoreCase)
        || (cost != 0 && charge.Equals("Usage", StringComparison.OrdinalIgnoreCase)
            && (pricing.Equals("Reservation", StringComparison.OrdinalIgnoreCase) || pricing.Equals("SavingsPlan", StringComparison.OrdinalIgnoreCase) || pricing.Equals("Savings Plan", StringComparison.OrdinalIgnoreCase)));

    // In the words of FOCUS. What else there is corrects a bill: refunds, rounding, and whatever the vendor adds to them.
    private static ReadOnlySpan<char> CategoryOf(ReadOnlySpan<char> charge)
    {
        foreach (var category in UsageRow.Categories)
        {
            if (charge.Equals(category, StringComparison.OrdinalIgnoreCase))
                return category;
        }

        return "Adjustment";
    }
}
