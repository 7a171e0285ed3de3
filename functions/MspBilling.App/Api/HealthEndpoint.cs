using Azure;
using Microsoft.AspNetCore.Http;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;

namespace MspBilling.App.Api;

/// <summary>Whether the program can do its work: its storage answers.</summary>
public sealed class HealthEndpoint(RecordStore records)
{
    public async Task<IResult> GetAsync(CancellationToken cancellationToken)
    {
        try
        {
            var settings = (await records.ReferencesAsync(RecordKind.MspSettings, cancellationToken).ConfigureAwait(false)).OfType<MspSettings>().SingleOrDefault();
            return Answers.Json(new { status = "ok", msp = settings?.Name });
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            return Results.Problem("The storage does not answer.", title: "Not healthy", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
