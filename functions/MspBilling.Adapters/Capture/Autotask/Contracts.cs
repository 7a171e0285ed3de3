using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Capture.Autotask;

/// <summary><c>Contracts</c> with their <c>ContractBlocks</c></summary>
/// <remarks>
/// In force from <c>startDate</c> through <c>endDate</c>, that day included. The type is the label of <c>contractType</c>, under which the settings have the lines.
/// A fee is in the contract's services, not in the contract. Blocks of hours are included hours where they come regularly: all of as many hours and
/// of 1, 3, 6 or 12 whole months, the first from the contract's first day. Others have a cycle that no agreement has, which holds what the contract
/// bills and says so, because prepaid hours must not be billed again.
/// </remarks>
internal static class Contracts
{
    public const string Irregular = "in blocks that differ";

    private static readonly int[] Cycles = [1, 3, 6, 12];

    public static PsaAgreement Read(AutotaskRow row, AutotaskPage page)
    {
        var term = TermOf(row);
        var (hours, cycle) = Included(row, page, term);
        return new PsaAgreement
        {
            Id = row.RecordId(RecordKind.Agreement),
            CompanyId = row.IdText("companyID"),
            Name = row.Text("contractName"),
            TypeName = TypeOf(row, page) ?? "",
            Term = term,
            BillingCycle = page.Label("Contracts.contractPeriodType", row.Id("contractPeriodType")),
            IncludedHours = hours,
            IncludedHoursCycle = cycle,
            PurchaseOrder = row.OptionalText("purchaseOrderNumber"),
        };
    }

    /// <summary>The label of its type, or "contract type 7" where the picklist has it no more.</summary>
    public static string? TypeOf(AutotaskRow contract, AutotaskPage page) =>
        contract.Id("contractType") is { } type ? page.Label("Contracts.contractType", type) ?? "contract type " + type : null;

    public static bool IsFixedPrice(AutotaskRow? contract, AutotaskPage page) =>
        contract is not null && page.Reading.FixedPriceContractTypes.Contains(TypeOf(contract, page), StringComparer.OrdinalIgnoreCase);

    public static Period TermOf(AutotaskRow contract) => Days(contract, "startDate", "endDate");

    /// <summary>From a first day through a last day; without end where there is no last day.</summary>
    public static Period Days(AutotaskRow row, string first, string last)
    {
        var (start, end) = (row.Date(first), row.OptionalDate(last) ?? Period.NoEnd);
        if (end >= start && start < Period.NoEnd)
            return new Period(start, end < Period.NoEnd ? end.AddDays(1) : end);

        row.Problem(last, "a date not before " + first);
        return new Period(DateOnly.MinValue, DateOnly.MinValue.AddDays(1));
    }

    /// <summary>How many whole months a span is long; null when it is not, or ends when no date is left.</summary>
    public static int? MonthsOf(Period days) => days.End.Year == DateOnly.MaxValue.Year ? null
        : Cycles.Where(months => days.Start.AddMonths(months) == days.End).Select(months => (int?)months).FirstOrDefault();

    private static (decimal? Hours, string? Cycle) Included(AutotaskRow contract, AutotaskPage page, Period term)
    {
        var blocks = page.Referring("contractBlocks", "contractID", contract.Id("id"))
            .Where(block => !page.Reading.InactiveStatuses.Contains(page.Label("ContractBlocks.status", block.Id("status")), StringComparer.OrdinalIgnoreCase))
            .Select(block => (Hours: block.Number("hours", 0) ?? 0, Days: Days(block, "startDate", "endDate")))
            .Where(block => block.Hours > 0).OrderBy(block => block.Days.Start).ToList();
        if (blocks.Count == 0)
            return (null, null);

        var (hours, months) = (blocks[0].Hours, MonthsOf(blocks[0].Days));
        var isRegular = blocks[0].Days.Start == term.Start && blocks.TrueForAll(block => block.Hours == hours && MonthsOf(block.Days) == months)
            && blocks.Zip(blocks.Skip(1)).All(pair => pair.First.Days.End == pair.Second.Days.Start) && blocks[^1].Days.End >= term.End;
        return (hours, (isRegular ? months : null) switch
        {
            1 => "Monthly",
            3 => "Contract quarter",
            6 => "Contract half-year",
            12 => "Contract year",
            _ => Irregular,
        });
    }
}
