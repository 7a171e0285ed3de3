using MspBilling.Core.Clients;
using MspBilling.Core.Rating;

namespace MspBilling.Core.Invoicing;

/// <summary>A line of an invoice with the number that it is called by, on paper and in every list, and the group that it stands under.</summary>
/// <param name="Number">From 1 through all groups.</param>
/// <param name="Group">Empty where lines are not grouped.</param>
/// <param name="Place">From 0, among the draft's lines as they were rated.</param>
/// <param name="Line">What is billed.</param>
public sealed record NumberedLine(int Number, string Group, int Place, RatedLine Line)
{
    /// <summary>Groups in the order in which they first appear, and in each the lines as they are.</summary>
    /// <remarks>Services A, B, A are numbered 1, 3, 2: both lines of A stand together, and so before B.</remarks>
    public static IReadOnlyList<NumberedLine> Of(IEnumerable<RatedLine> lines, LineGrouping grouping) =>
    [
        .. lines.Select((line, place) => (Line: line, Place: place)).GroupBy(each => GroupOf(each.Line, grouping)).SelectMany(group => group, (group, each) => (Group: group.Key, each.Place, each.Line))
            .Select((each, index) => new NumberedLine(index + 1, each.Group, each.Place, each.Line)),
    ];

    private static string GroupOf(RatedLine line, LineGrouping grouping) => grouping switch
    {
        LineGrouping.Service => line.Service,
        LineGrouping.Agreement => line.AgreementName,
        LineGrouping.Reference => ReferenceOf(line) ?? line.Service,
        LineGrouping.None => "",
        _ => throw new ArgumentOutOfRangeException(nameof(grouping), grouping, null),
    };

    private static string? ReferenceOf(RatedLine line) =>
        line.Details.Select(detail => detail.Reference).Distinct(StringComparer.Ordinal).Take(2).ToArray() is [{ Length: > 0 } only] ? only : null;
}
