using Azure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MspBilling.Adapters.Capture;
using MspBilling.App.Api;

namespace MspBilling.App.Capture;

/// <summary>Receives what vendors send: <c>POST /api/webhooks/{source}/{secret}</c>.</summary>
/// <remarks>
/// A vendor waits some seconds and may take us off its list if we are slow, so an event is only kept here, and what it tells of is fetched by
/// <see cref="WebhookHandler"/>. Nothing is kept of what is not proven to be the vendor's. "Not now" is 429, because ConnectWise sends again after that and
/// not after 503 (developer guide, "When Callbacks Fail to POST to Target Host").
/// </remarks>
public sealed partial class WebhookEndpoint(IEnumerable<IWebhookSource> sources, WebhookInbox inbox, WebhookOptions options, TimeProvider clock, ILogger<WebhookEndpoint> logger)
{
    private const int MostBytes = 1024 * 1024;
    private const string RetryAfter = "2";

    // Clocks differ.
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    public async Task<IResult> PostAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var name = (string?)request.RouteValues["source"];
        if (sources.FirstOrDefault(known => known.Name == name) is not { } source)
        {
            return Answers.NotFound("Webhooks are not received for that source. Those that are have a section Webhooks in their settings.");
        }

        if (await BodyAsync(request, cancellationToken).ConfigureAwait(false) is not { } body)
        {
            return Results.Problem($"The body has more than {MostBytes} bytes.", title: "The request is too large", statusCode: StatusCodes.Status413PayloadTooLarge);
        }

        var delivery = new WebhookDelivery(body, (string?)request.RouteValues["secret"], header => request.Headers.TryGetValue(header, out var values) && values.Count == 1 ? values[0] : null);
        var proof = await source.ProveAsync(delivery, cancellationToken).ConfigureAwait(false);
        if (proof == WebhookProof.NotNow)
        {
            LogNotProven(source.Name);
            return NotNow(request);
        }

        if (proof != WebhookProof.Genuine)
        {
            LogRefused(source.Name, "it is not proven to be the vendor's");
            return Refused("The request is not proven to be the vendor's.");
        }

        var told = source.Read(body);
        if (told.At is { } at && (clock.GetUtcNow() - at > TimeSpan.FromMinutes(options.ReplayMinutes) || at - clock.GetUtcNow() > Ahead))
        {
            LogRefused(source.Name, "it is too old, or from the future");
            return Refused("The event is too old, or from the future.");
        }

        try
        {
            var isTaken = await inbox.TakeAsync(source, told, body, cancellationToken).ConfigureAwait(false);
            return isTaken ? Results.StatusCode(StatusCodes.Status202Accepted) : Results.StatusCode(StatusCodes.Status200OK);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            LogNotKept(e, source.Name);
            return NotNow(request);
        }
    }

    private static IResult Refused(string detail) => Results.Problem(detail, title: "The request is not accepted", statusCode: StatusCodes.Status401Unauthorized);

    private static IResult NotNow(HttpRequest request)
    {
        request.HttpContext.Response.Headers.RetryAfter = RetryAfter;
        return Results.Problem("The event could not be taken; send it again.", title: "Not now", statusCode: StatusCodes.Status429TooManyRequests);
    }

    /// <summary>The bytes as they came; null for too many.</summary>
    private static async Task<ReadOnlyMemory<byte>?> BodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MostBytes)
        {
            return null;
        }

        using var body = new MemoryStream();
        var part = new byte[16 * 1024];
        while (await request.Body.ReadAsync(part, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            if (body.Length + read > MostBytes)
            {
                return null;
            }

            body.Write(part, 0, read);
        }

        return body.ToArray();
    }

    [LoggerMessage(LogLevel.Warning, "What was sent to the webhook of {Source} was refused: {Reason}")]
    private partial void LogRefused(string source, string reason);

    [LoggerMessage(LogLevel.Warning, "What was sent to the webhook of {Source} could not be proven, as the vendor's key could not be had")]
    private partial void LogNotProven(string source);

    [LoggerMessage(LogLevel.Error, "What was sent to the webhook of {Source} could not be kept")]
    private partial void LogNotKept(Exception exception, string source);
}
