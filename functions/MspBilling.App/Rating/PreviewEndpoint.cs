using System.Globalization;
using Microsoft.AspNetCore.Http;
using MspBilling.Adapters.Rating;
using MspBilling.App.Api;
using MspBilling.Core.Capture;

namespace MspBilling.App.Rating;

/// <summary>Prices a case of the request, stored months as they stand, or stored months under other terms; nothing is stored.</summary>
public sealed class PreviewEndpoint(BillPreview preview, WhatIf whatIf, StoredClients clients)
{
    private const int MostBytes = 2_000_000;

    public async Task<IResult> PostAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // A page of another site cannot send this content type without being asked first, and nothing here says yes.
        if (!request.HasJsonContentType())
        {
            return Results.Problem("Send JSON, with the content type application/json.", title: "The request cannot be read", statusCode: StatusCodes.Status415UnsupportedMediaType);
        }

        if (await BodyAsync(request, cancellationToken).ConfigureAwait(false) is not { } body)
        {
            return Results.Problem(
                string.Create(CultureInfo.InvariantCulture, $"The body has more than {MostBytes} bytes."), title: "The request is too large", statusCode: StatusCodes.Status413PayloadTooLarge);
        }

        var reading = PreviewRequest.Read(body);
        return reading.Request switch
        {
            null => Refused(reading.Problems, reading.MoreProblems, reading.IsJson ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status400BadRequest),
            PreviewRequest.OfCase asked => Answers.Json(new { period = asked.Case.Period, bills = new[] { CasePreview.Price(asked.Case) } }),
            PreviewRequest.OfStored asked => await StoredAsync(asked, cancellationToken).ConfigureAwait(false),
            _ => throw new InvalidOperationException($"{reading.Request.GetType().Name} has no answer."),
        };
    }

    private async Task<IResult> StoredAsync(PreviewRequest.OfStored asked, CancellationToken cancellationToken)
    {
        var (period, unreadable) = Answers.MonthOf(asked.Period);
        var (to, toUnreadable) = asked.To is null ? (period, null) : Answers.MonthOf(asked.To);
        if ((unreadable ?? toUnreadable) is { } refusal)
        {
            return refusal;
        }

        if (await clients.ProblemAsync(asked.Client, cancellationToken).ConfigureAwait(false) is { } unknown)
        {
            return Answers.BadRequest(unknown);
        }

        IReadOnlyList<string>? only = asked.Client is null ? null : [asked.Client];
        if (asked.With is null)
        {
            return Answers.Json(new { period, bills = await preview.RunAsync(period!.Value, only, cancellationToken).ConfigureAwait(false) });
        }

        if (MonthRange.Of(period!.Value, to!.Value) is not { } months)
        {
            return Answers.BadRequest(MonthRange.Expected);
        }

        var (compared, problems) = await whatIf.RunAsync(months, only, asked.With, "body", cancellationToken).ConfigureAwait(false);
        return compared is null ? Refused(problems, false, StatusCodes.Status422UnprocessableEntity) : Answers.Json(compared);
    }

    private static IResult Refused(IReadOnlyList<ImportProblem> problems, bool more, int status) => Results.Problem(
        problems.Count == 1 ? problems[0].ToString() : string.Create(CultureInfo.InvariantCulture, $"{problems.Count} things are wrong with the body; nothing was computed."),
        title: status == StatusCodes.Status400BadRequest ? "The request cannot be read" : "The request cannot be priced",
        statusCode: status,
        extensions: new Dictionary<string, object?> { ["problems"] = problems, ["moreProblems"] = more });

    /// <summary>Null when it is too large.</summary>
    private static async Task<MemoryStream?> BodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MostBytes)
        {
            return null;
        }

        var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await request.Body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            await body.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            if (body.Length > MostBytes)
            {
                return null;
            }
        }

        body.Position = 0;
        return body;
    }
}
