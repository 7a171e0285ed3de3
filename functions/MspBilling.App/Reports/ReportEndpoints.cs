using System.Globalization;
using Microsoft.AspNetCore.Http;
using MspBilling.App.Api;
using MspBilling.Core.Reports;
using MspBilling.Core.Time;

namespace MspBilling.App.Reports;

/// <summary>Reports, each as JSON and as CSV.</summary>
public sealed class ReportEndpoints(ReportReader reports, LeakReader leaks, PeriodQuery periods, TimeProvider clock)
{
    public Task<IResult> RevenueAsync(HttpRequest request, CancellationToken cancellationToken) =>
        AnswerAsync(request, reports.RevenueAsync, report => Answers.Json(report), cancellationToken);

    public Task<IResult> RevenueCsvAsync(HttpRequest request, CancellationToken cancellationToken) => AnswerAsync(
        request,
        reports.RevenueAsync,
        report => Answers.Csv(
            CsvTable.Write(
                report.ByClientAndService,
                ("Period", _ => report.Period.ToString()), ("Client", r => r.ClientName), ("Service", r => r.Service), ("Currency", r => r.Currency.Code), ("Net", r => r.Net)),
            $"revenue-{report.Period}.csv"),
        cancellationToken);

    /// <summary>The whole ledger, or with <c>summary=true</c> its sums alone, which are read from fewer rows.</summary>
    public Task<IResult> LeakageAsync(HttpRequest request, CancellationToken cancellationToken) => request.Query["summary"] == "true"
        ? AnswerAsync(request, reports.LeakageAsync, report => Answers.Json(report), cancellationToken)
        : AnswerAsync(request, leaks.ReadAsync, ledger => Answers.Json(ledger), cancellationToken);

    public Task<IResult> LeakageCsvAsync(HttpRequest request, CancellationToken cancellationToken) => AnswerAsync(
        request, leaks.ReadAsync, ledger => Answers.Csv(LeakTable.Write(ledger), $"leakage-{ledger.Period}.csv"), cancellationToken);

    public async Task<IResult> ReceivablesAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (asOf, refusal) = AsOf(request);
        return refusal ?? Answers.Json(await reports.ReceivablesAsync(asOf, Answers.ClientOf(request), cancellationToken).ConfigureAwait(false));
    }

    public async Task<IResult> ReceivablesCsvAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (asOf, refusal) = AsOf(request);
        if (refusal is not null)
        {
            return refusal;
        }

        var report = await reports.ReceivablesAsync(asOf, Answers.ClientOf(request), cancellationToken).ConfigureAwait(false);
        (string, Func<ClientReceivables, object?>)[] columns =
        [
            ("Client", r => r.ClientName), ("Currency", r => r.Currency.Code),
            .. report.Buckets.Select((bucket, index) => (bucket, (Func<ClientReceivables, object?>)(r => r.Amounts[index]))), ("Total", r => r.Total),
        ];
        return Answers.Csv(CsvTable.Write(report.Rows, columns), string.Create(CultureInfo.InvariantCulture, $"receivables-{asOf:yyyy-MM-dd}.csv"));
    }

    private (DateOnly AsOf, IResult? Refusal) AsOf(HttpRequest request)
    {
        var text = request.Query["asOf"].ToString();
        if (text.Length == 0)
        {
            return (DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), null);
        }

        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var asOf)
            ? (asOf, null)
            : (default, Answers.BadRequest($"'{text}' is not a date; write 2024-10-31."));
    }

    private async Task<IResult> AnswerAsync<T>(
        HttpRequest request, Func<Period, string?, CancellationToken, Task<T>> read, Func<T, IResult> answer, CancellationToken cancellationToken)
    {
        var (asked, refusal) = await periods.ReadAsync(request, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        return asked is { } period
            ? answer(await read(period, Answers.ClientOf(request), cancellationToken).ConfigureAwait(false))
            : Answers.NotFound("No period has been closed yet. Close one with: close --period 2024-09.");
    }
}
