using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.Focus;

/// <summary>A FOCUS 1.0 export of cloud cost and usage: one <see cref="UsageRecord"/> for each account, SKU and day in it.</summary>
/// <remarks>
/// Columns stand in any order and others are ignored. Rows are added up while they are read, so that memory grows with what
/// is billed and not with the file. An export holds the account's whole days: a later one replaces the days it holds.
/// <see href="https://focus.finops.org/focus-specification/v1-0/">FOCUS 1.0</see>
/// </remarks>
internal static class FocusFile
{
    public static IReadOnlyList<CapturedRecord> Read(Stream content, ProblemList problems)
    {
        var csv = new CsvReader(content, problems);
        if (!csv.Read())
        {
            if (problems.Count == 0)
                problems.Add(TextPlace.WholeFile, null, null, "a header with the columns of FOCUS 1.0, but the file is empty");
            return [];
        }

        if (FocusColumns.In(csv, problems) is not { } columns)
            return [];

        var cells = new FocusCells(csv, problems);
        var groups = new UsageGroups();
        while (!problems.IsFull && csv.Read())
        {
            if (columns.HasAllCells(csv, problems))
                groups.Add(FocusRow.Read(cells, columns), mayAdd: problems.Count == 0);
        }

        return problems.Count == 0 ? groups.Records() : [];
    }
}
