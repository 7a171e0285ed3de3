using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary>The lists that HaloPSA's REST interface answers, saved as files, and the pages that are made of them: format, file name and what reads them.</summary>
internal static class HaloFiles
{
    public static IReadOnlyList<(string Format, string FileName, Func<Stream, ProblemList, IReadOnlyList<CapturedRecord>> Read)> All { get; } =
    [
        Of("clients", Rows(Clients.Read)),
        Of("agents", Rows(Agents.Read)),
        Of("charge-rates", Rows(ChargeRates.Read)),
        Of("contracts", Rows(Contracts.Read)),
        Of("recurring-invoices", RecurringLines.Read),
        Of("tickets", Rows(Tickets.Read)),
        Of("projects", Projects.Read),
        Of("assets", Rows(Assets.Read)),
        Of("timesheet-events", TimesheetEvents.Read),
        Of("actions", Actions.Read),
    ];

    public static string Format(string feed) => $"{HaloFields.SourceName}/{feed}";

    public static string FileName(string feed) => $"{HaloFields.SourceName}-{feed}";

    private static (string Format, string FileName, Func<Stream, ProblemList, IReadOnlyList<CapturedRecord>> Read) Of(
        string feed, Func<HaloPage, ProblemList, IReadOnlyList<CapturedRecord>> read) =>
        (Format(feed), FileName(feed), (content, problems) => HaloPage.Open(content, problems) is { } page ? read(page, problems) : []);

    private static Func<HaloPage, ProblemList, IReadOnlyList<CapturedRecord>> Rows(Func<JsonRecord, HaloPage, CapturedRecord?> map) =>
        (page, problems) => RecordArray.Read(page.Rows, problems, json => map(json, page));
}
