using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.Csv;

/// <summary>The CSV formats of our own.</summary>
public static class CsvFiles
{
    /// <summary>Agreements in a flat form.</summary>
    public const string AgreementsFormat = AgreementsCsv.Format;

    /// <summary>Clients' payments.</summary>
    public const string PaymentsFormat = PaymentsCsv.Format;

    private const string Ending = "-csv";

    private static readonly (CsvSchema Schema, Reader Read)[] All =
    [
        (TimeCsv.Schema, TimeCsv.Read),
        (ExpensesCsv.Schema, ExpensesCsv.Read),
        (CountsCsv.Schema, CountsCsv.Read),
        (AgreementsCsv.Schema, AgreementsCsv.Read),
        (PaymentsCsv.Schema, PaymentsCsv.Read),
    ];

    private delegate IReadOnlyList<CapturedRecord> Reader(Stream content, ProblemList problems, CsvDialect dialect);

    /// <summary>What a template can be had of: <c>time</c>, <c>expenses</c>, <c>counts</c>, <c>agreements</c>, <c>payments</c>.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. All.Select(file => KindOf(file.Schema))];

    internal static IReadOnlyList<string> Formats { get; } = [.. All.Select(file => file.Schema.Format)];

    /// <summary>An empty file of the kind, which is its header; null for no such kind.</summary>
    public static string? Template(string kind) => All.FirstOrDefault(file => KindOf(file.Schema) == kind).Schema?.Template;

    /// <summary><c>time.csv</c>, <c>toggl-time.csv</c> and <c>time-2024-09.csv</c> are of time; null where a name tells none, or two.</summary>
    internal static string? FormatOf(string stem)
    {
        var words = stem.Split('-', '_', ' ');
        var found = All.Where(file => words[0].Equals(KindOf(file.Schema), StringComparison.OrdinalIgnoreCase) || words[^1].Equals(KindOf(file.Schema), StringComparison.OrdinalIgnoreCase)).ToList();
        return found is [var one] ? one.Schema.Format : null;
    }

    /// <summary>The one format whose header it is; the content is left where it stands.</summary>
    internal static string? FormatByHeader(Stream content, CsvDialect dialect)
    {
        var start = content.Position;
        var names = CsvText.Open(content, new ProblemList(""), dialect, name => All.Any(file => file.Schema.Find(name) is not null)) is { } header ? CsvTable.NamesIn(header) : [];
        content.Position = start;
        return All.Where(file => file.Schema.Fits(names)).ToList() is [var one] ? one.Schema.Format : null;
    }

    internal static IReadOnlyList<CapturedRecord> Read(string format, Stream content, ProblemList problems, CsvDialect dialect) =>
        All.First(file => file.Schema.Format == format).Read(content, problems, dialect);

    private static string KindOf(CsvSchema schema) => schema.Format[..^Ending.Length];
}
