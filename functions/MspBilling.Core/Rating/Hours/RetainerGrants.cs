using System.Globalization;
using MspBilling.Core.Agreements;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>Something granted in a part of a period.</summary>
/// <param name="Words">What it is for, such as <c>for September 2024</c>.</param>
/// <param name="Sold">The block that it is, where the part bills it; else null.</param>
/// <param name="Item">Tells the block from others.</param>
internal readonly record struct RetainerGrant(Lot Lot, string Words, RetainerBlock? Sold, string Item);

/// <summary>What a retainer grants in a part: the included quantity of each cycle that begins, and the blocks that are bought.</summary>
/// <remarks>
/// A cycle is counted in months from the anchor, each time anew, so that the 31st becomes the 30th in a short month and the 31st again after it. The
/// cycle in which the line begins is granted whole, from the line's first day. A grant ends with its cycle, or as many cycles later as it rolls over:
/// 16 h for September that roll over 2 cycles can be drawn until 30 November.
/// Each grant is made once: the balance says up to which day grants have been made. A line that has no balance yet is billed for the first time;
/// then all that could still be drawn is granted, also of cycles and blocks from before, but no block of an earlier period is billed.
/// </remarks>
internal static class RetainerGrants
{
    /// <param name="grantedTo">Grants before this day have been made; null for the first time.</param>
    public static List<RetainerGrant> Of(AgreementPart part, RetainerLine line, DateOnly? grantedTo)
    {
        var grants = new List<RetainerGrant>();
        if (line.IsUnlimited)
        {
            return grants;
        }

        var versions = VersionsWith(part, line);
        AddCycles(grants, part, line, versions[0].InForce.Start, grantedTo);
        AddBlocks(grants, part, line, versions, grantedTo);
        return grants;
    }

    /// <summary>The versions that have the line without a break up to the part's own.</summary>
    private static List<AgreementVersion> VersionsWith(AgreementPart part, RetainerLine line)
    {
        var versions = new List<AgreementVersion>();
        foreach (var version in part.Agreement.Versions)
        {
            if (LineOf(version, line) is null)
            {
                versions.Clear();
                continue;
            }

            versions.Add(version);
            if (version == part.Version)
            {
                break;
            }
        }

        return versions;
    }

    internal static RetainerLine? LineOf(AgreementVersion version, RetainerLine line) =>
        version.Lines.OfType<RetainerLine>().FirstOrDefault(other => other.Id == line.Id && other.Measure == line.Measure);

    private static void AddCycles(List<RetainerGrant> grants, AgreementPart part, RetainerLine line, DateOnly since, DateOnly? grantedTo)
    {
        if (line.Included is not { } included || included <= 0)
        {
            return;
        }

        var begin = part.Agreement.Term.Start;
        var anchor = line.Anchor ?? new DateOnly(begin.Year, begin.Month, 1);
        var first = CycleOf(anchor, line.CycleMonths, grantedTo > since ? grantedTo.Value : since);
        if (StartOf(anchor, line.CycleMonths, first) < grantedTo)
        {
            first++;
        }

        first = Math.Max(first, CycleOf(anchor, line.CycleMonths, part.InForce.Start) - line.RollOverCycles);
        for (var cycle = first; StartOf(anchor, line.CycleMonths, cycle) is var start && start < part.InForce.End; cycle++)
        {
            var ends = StartOf(anchor, line.CycleMonths, cycle + 1 + line.RollOverCycles);
            var from = start < since ? since : start;
            grants.Add(new RetainerGrant(LotOf(part, line, from, ends, included), Words(start, StartOf(anchor, line.CycleMonths, cycle + 1)), null, ""));
        }
    }

    private static void AddBlocks(List<RetainerGrant> grants, AgreementPart part, RetainerLine line, List<AgreementVersion> versions, DateOnly? grantedTo)
    {
        for (var i = 0; i < line.Blocks.Count; i++)
        {
            var block = line.Blocks[i];
            var listed = ListedFrom(block, line.Blocks.Take(i).Count(other => other == block), line, versions);
            var from = block.PurchasedOn < listed ? listed : block.PurchasedOn;
            var ends = block.ExpiresOn ?? Period.NoEnd;
            if (from < grantedTo || from >= part.InForce.End || ends <= from || ends <= part.InForce.Start)
            {
                continue;
            }

            var isSoldHere = block.Price is not null && part.InForce.Contains(from) && block.PurchasedOn >= part.Agreement.Term.Start;
            var sameDay = line.Blocks.Take(i).Count(other => other.PurchasedOn == block.PurchasedOn);
            var item = string.Create(CultureInfo.InvariantCulture, $"block/{block.PurchasedOn:yyyy-MM-dd}") + (sameDay == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"/{sameDay + 1}"));
            var words = string.Create(CultureInfo.InvariantCulture, $"bought on {block.PurchasedOn:yyyy-MM-dd}");
            grants.Add(new RetainerGrant(LotOf(part, line, from, ends, block.Quantity), words, isSoldHere ? block : null, item));
        }
    }

    /// <summary>The first day of the first version that lists the block; of equal blocks, each is looked for by its place among them.</summary>
    private static DateOnly ListedFrom(RetainerBlock block, int equalBefore, RetainerLine line, List<AgreementVersion> versions) =>
        versions.First(version => LineOf(version, line)!.Blocks.Count(other => other == block) > equalBefore).InForce.Start;

    /// <summary>Money is granted in whole coins, so that no draw has to be rounded.</summary>
    private static Lot LotOf(AgreementPart part, RetainerLine line, DateOnly from, DateOnly ends, decimal quantity)
    {
        var granted = line.Measure == RetainerMeasure.Money ? Rounding.ToMoney(quantity, part.Currency).Amount : quantity;
        return new Lot(from, ends, granted, granted);
    }

    /// <summary>The cycle with the day in it, counted from the anchor's, which is 0.</summary>
    private static long CycleOf(DateOnly anchor, int months, DateOnly day)
    {
        var cycle = (long)Math.Floor((((day.Year - anchor.Year) * 12) + day.Month - anchor.Month) / (decimal)months);
        return StartOf(anchor, months, cycle) > day ? cycle - 1 : StartOf(anchor, months, cycle + 1) <= day ? cycle + 1 : cycle;
    }

    private static DateOnly StartOf(DateOnly anchor, int months, long cycle)
    {
        var month = (anchor.Year * 12) + anchor.Month - 1 + (cycle * months);
        return month < 12 ? DateOnly.MinValue : month >= 120_000 ? Period.NoEnd : anchor.AddMonths((int)(cycle * months));
    }

    private static string Words(DateOnly start, DateOnly end) => start.Day == 1 && end == start.AddMonths(1)
        ? string.Create(CultureInfo.InvariantCulture, $"for {start:MMMM yyyy}")
        : string.Create(CultureInfo.InvariantCulture, $"for {start:yyyy-MM-dd} to {end.AddDays(-1):yyyy-MM-dd}");
}
