using Microsoft.AspNetCore.Http;
using MspBilling.Core.Time;

namespace MspBilling.App.Api;

/// <summary>The forms that answers take: JSON, files, and RFC 9457 problem details with what was wrong and what to do.</summary>
internal static class Answers
{
    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK) => Results.Json(value, ApiJson.Options, statusCode: status);

    public static IResult Csv(byte[] content, string fileName) => Results.File(content, "text/csv; charset=utf-8", fileName);

    public static IResult NotFound(string detail) => Results.Problem(detail, title: "There is no such thing", statusCode: StatusCodes.Status404NotFound);

    public static IResult BadRequest(string detail) => Results.Problem(detail, title: "The request cannot be read", statusCode: StatusCodes.Status400BadRequest);

    public static IResult Conflict(string title, string detail) => Results.Problem(detail, title: title, statusCode: StatusCodes.Status409Conflict);

    /// <summary>The period that the address asks for; null with an answer when it cannot be read.</summary>
    public static (Period? Period, IResult? Refusal) PeriodOf(string? text) => Period.TryParse(text, out var period)
        ? (period, null)
        : (null, BadRequest($"'{text}' is not a period; write a month as 2024-09, and a longer one by its first day and the first day after, as 2024-07-01..2024-10-01."));

    /// <summary>The month that the address asks for; null with an answer when it cannot be read.</summary>
    public static (Period? Month, IResult? Refusal) MonthOf(string? text) => Period.TryParseMonth(text, out var month)
        ? (month, null)
        : (null, BadRequest($"'{text}' is not a period; write a month as 2024-09."));

    public static string? ClientOf(HttpRequest request) => request.Query["client"].ToString() is { Length: > 0 } id ? id : null;
}
