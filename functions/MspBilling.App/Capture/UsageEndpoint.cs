using System.Globalization;
using Azure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using MspBilling.Adapters.Capture.CloudEvents;
using MspBilling.App.Api;

namespace MspBilling.App.Capture;

/// <summary><c>POST /api/usage</c>: events of use and of counts in CloudEvents 1.0, one or up to 1,000.</summary>
/// <remarks>
/// Answered when everything that is accepted is stored: 200 where nothing was refused, 207 where a part was (a sender that looks at the status alone is to
/// notice), 400 where all of it was or the body is no event, 413, 415, 429 and 503 as they mean, the last two with <c>Retry-After</c>. Whatever is sent again does no harm.
/// None of the content types can be sent by a page of another site without its being asked first, and nothing here says yes.
/// </remarks>
public sealed partial class UsageEndpoint(UsageIntake intake, UsageLimiter limiter, UsageOptions options, ILogger<UsageEndpoint> logger)
{
    private const string One = "application/cloudevents+json";
    private const string Batch = "application/cloudevents-batch+json";
    private static readonly TimeSpan WhenStorageIsAway = TimeSpan.FromSeconds(5);

    private readonly byte[] _schema = UsageEventSchema.Read();

    private sealed record Answered(int Index, string? Id, UsageStatus Status, string? Problem);

    public Task<IResult> SchemaAsync() => Task.FromResult(Results.Bytes(_schema, "application/json"));

    public async Task<IResult> PostAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (ModeOf(request) is not { } read)
        {
            return Results.Problem(
                $"Send {One}, {Batch}, or the data as application/json with the attributes in ce- headers; all in UTF-8.",
                title: "The request cannot be read",
                statusCode: StatusCodes.Status415UnsupportedMediaType);
        }

        var (leave, retryAfter) = limiter.Enter();
        using (leave)
        {
            if (leave is null)
            {
                return Later(request, retryAfter, StatusCodes.Status429TooManyRequests, "Too many requests", "Send fewer requests, each with more events, or later.");
            }

            if (await BodyAsync(request, cancellationToken).ConfigureAwait(false) is not { } body)
            {
                return TooLarge(string.Create(CultureInfo.InvariantCulture, $"The body has more than {options.MostBytes} bytes; send the events in several."));
            }

            var batch = read(body);
            if (batch.IsTooLong)
            {
                return TooLarge(string.Create(CultureInfo.InvariantCulture, $"There are more than {UsageEventBatch.MostEvents} events; send them in several batches."));
            }

            return batch.Problem is { } problem
                ? Results.Problem($"{problem}. Nothing was stored.", title: "The events cannot be read", statusCode: StatusCodes.Status400BadRequest)
                : await TakeAsync(request, batch.Events, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IResult> TakeAsync(HttpRequest request, IReadOnlyList<SentEvent> events, CancellationToken cancellationToken)
    {
        IReadOnlyList<UsageOutcome> outcomes;
        try
        {
            outcomes = events.Any(sent => sent.Activity is not null)
                ? await intake.TakeAsync(events, cancellationToken).ConfigureAwait(false)
                : [.. events.Select(sent => new UsageOutcome(UsageStatus.Refused, sent.Problem))];
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException or IOException or TimeoutException)
        {
            LogNotStored(e);
            return Later(
                request, WhenStorageIsAway, StatusCodes.Status503ServiceUnavailable, "The storage does not answer", "Send the events again; those that were stored all the same are told as duplicates.");
        }

        var answered = outcomes.Select((outcome, index) => new Answered(index, events[index].Id, outcome.Status, outcome.Problem)).ToList();
        int Count(UsageStatus status) => answered.Count(one => one.Status == status);
        var (accepted, duplicates, refused) = (Count(UsageStatus.Accepted), Count(UsageStatus.Duplicate), Count(UsageStatus.Refused));
        return refused > 0 && refused == answered.Count
            ? Results.Problem(
                $"{answered[0].Problem}. Nothing was stored.",
                title: "No event was accepted",
                statusCode: StatusCodes.Status400BadRequest,
                extensions: new Dictionary<string, object?> { ["accepted"] = accepted, ["duplicates"] = duplicates, ["refused"] = refused, ["events"] = answered.Select(Shown) })
            : Answers.Json(
                new { accepted, duplicates, refused, events = answered.Select(Shown) }, refused > 0 ? StatusCodes.Status207MultiStatus : StatusCodes.Status200OK);
    }

    private static object Shown(Answered one) => new { one.Index, one.Id, status = one.Status.ToString().ToLowerInvariant(), one.Problem };

    /// <summary>How the body is read; null for what is no event by its headers.</summary>
    private static Func<byte[], UsageEventBatch>? ModeOf(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || (type.Charset.HasValue && !type.Charset.Value.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        if (type.MediaType.Equals(One, StringComparison.OrdinalIgnoreCase))
        {
            return UsageEventBatch.ReadOne;
        }

        if (type.MediaType.Equals(Batch, StringComparison.OrdinalIgnoreCase))
        {
            return UsageEventBatch.ReadBatch;
        }

        return request.Headers.ContainsKey(BinaryEvent.Prefix + "id") && BinaryEvent.IsOfData(request.ContentType) ? body => ReadBinary(request, body) : null;
    }

    private static UsageEventBatch ReadBinary(HttpRequest request, byte[] body)
    {
        var (json, problem) = BinaryEvent.Read(request.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString())), request.ContentType!, body);
        return json is null ? new UsageEventBatch([], problem!.TrimEnd('.'), IsTooLong: false) : UsageEventBatch.ReadOne(json);
    }

    /// <summary>Null for a body of more bytes than are taken.</summary>
    private async Task<byte[]?> BodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > options.MostBytes)
        {
            return null;
        }

        request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = options.MostBytes + 1L;
        using var body = new MemoryStream((int)(request.ContentLength ?? 0));
        try
        {
            await request.Body.CopyToAsync(body, cancellationToken).ConfigureAwait(false);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }

        return body.Length > options.MostBytes ? null : body.ToArray();
    }

    private static IResult Later(HttpRequest request, TimeSpan after, int status, string title, string detail)
    {
        request.HttpContext.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Results.Problem(detail, title: title, statusCode: status);
    }

    private static IResult TooLarge(string detail) => Results.Problem(detail, title: "The request is too large", statusCode: StatusCodes.Status413PayloadTooLarge);

    [LoggerMessage(LogLevel.Error, "Usage events were not stored")]
    private partial void LogNotStored(Exception failure);
}
