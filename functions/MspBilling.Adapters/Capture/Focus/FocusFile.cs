namespace MspBilling.Adapters.Capture.Focus;

/// <summary>A FOCUS export, version 1.0, 1.1 or 1.2, of cloud cost and usage: one record for each account, SKU and day in it.</summary>
/// <remarks>
/// <para>Columns stand in any order and others are ignored. Rows are added up while they are read, so that memory grows with what is billed and not with the file.</para>
/// <para>What providers write otherwise than the specification asks is taken where it harms nobody: Microsoft leaves ServiceName empty for purchases, savings plans, credits
/// and rounding (finops-toolkit, issue 1569), AWS leaves SkuId and PricingUnit empty for certain offerings (AWS Data Exports, "FOCUS 1.2 conformance gaps"); the times of
/// Google's tables end with UTC.</para>
/// </remarks>
internal static class FocusFile
{
    public const string Source = "focus";

    public static UsageFormat Format { get; } = new(Source, IsIt, Add);

    // What no other usage file has.
    private static bool IsIt(IReadOnlyCollection<string> header) => header.Contains("BilledCost", StringComparer.Ordinal) || header.Contains("ChargePeriodStart", StringComparer.Ordinal);

    private static void Add(UsageTable table, UsageGroups groups, ProblemList problems)
    {
        if (FocusColumns.In(table, problems) is not { } columns)
            return;

        table.Choose(columns.Places);
        var cells = new UsageCells(table, problems, UsageCells.TimeForms);
        while (!problems.IsFull && table.Read())
        {
            if (cells.AreAll())
                groups.Add(Row(cells, columns), mayAdd: problems.Count == 0);
        }
    }

    private static UsageRow Row(UsageCells cells, FocusColumns columns)
    {
        var billingStart = cells.Time(columns.BillingPeriodStart);
        if (cells.Time(columns.BillingPeriodEnd) < billingStart)
            cells.Problem(columns.BillingPeriodEnd, "a time not before BillingPeriodStart");

        var chargeStart = cells.Time(columns.ChargePeriodStart);
        if (cells.Time(columns.ChargePeriodEnd) < chargeStart)
            cells.Problem(columns.ChargePeriodEnd, "a time not before ChargePeriodStart");

        var billingAccount = cells.Text(columns.BillingAccountId);
        var subAccount = cells.OptionalText(columns.SubAccountId);
        var priced = cells.OptionalNumber(columns.PricingQuantity);
        var consumed = cells.OptionalNumber(columns.ConsumedQuantity);
        var category = cells.Word(columns.ChargeCategory, UsageRow.Categories);
        return new UsageRow
        {
            Provider = cells.Text(columns.ProviderName),
            BillingAccount = billingAccount,
            SubAccount = subAccount.IsEmpty ? billingAccount : subAccount,
            SubAccountName = cells.OptionalText(columns.SubAccountName),
            Category = category,
            Service = cells.FirstText(columns.ServiceName, columns.MeterCategory, columns.ServiceCategory, columns.ChargeCategory),
            Sku = cells.OptionalText(columns.SkuId),
            Unit = cells.OptionalText(priced is null ? columns.ConsumedUnit : columns.PricingUnit),
            Currency = cells.Currency(columns.BillingCurrency),
            Description = cells.OptionalText(columns.ChargeDescription),
            BillingPeriod = DateOnly.FromDateTime(billingStart.UtcDateTime),
            Day = DateOnly.FromDateTime(chargeStart.UtcDateTime),
            Quantity = priced ?? consumed ?? 0,
            Cost = cells.Number(columns.BilledCost),
        };
    }
}
