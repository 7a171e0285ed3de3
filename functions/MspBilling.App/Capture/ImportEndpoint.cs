using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Capture.Csv;
using MspBilling.App.Api;

namespace MspBilling.App.Capture;

/// <summary>Takes a file in: <c>POST /api/imports?name=time-entries.json</c> with its bytes as the body; <c>&amp;whole=true</c> says that an export of usage is all of it.</summary>
/// <remarks>How a CSV file is written is declared beside its name: <c>culture</c>, <c>dates</c>, <c>zone</c>, <c>encoding</c>, <c>currency</c>, <c>source</c>.</remarks>
public sealed class ImportEndpoint(ImportJob imports)
{
    private const long MostBytes = 512L * 1024 * 1024;
    private const string ContentType = "application/octet-stream";

    public async Task<IResult> PostAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // A page of another site cannot send this content type without being asked first, and nothing here says yes.
        if (request.ContentType != ContentType)
        {
            return Results.Problem($"Send the file's bytes, with the content type {ContentType}.", title: "The request cannot be read", statusCode: StatusCodes.Status415UnsupportedMediaType);
        }

        var name = Path.GetFileName(request.Query["name"].ToString());
        if (name.Length == 0)
        {
            return Answers.BadRequest("Name the file: /api/imports?name=time-entries.json.");
        }

        request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = MostBytes;
        using var file = new FileStream(Path.GetTempFileName(), new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous });
        try
        {
            await request.Body.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Results.Problem($"The file has more than {MostBytes / 1024 / 1024} MiB; cut it into several.", title: "The file is too large", statusCode: e.StatusCode);
        }

        file.Position = 0;
        string? Asked(string parameter) => request.Query[parameter].ToString() is { Length: > 0 } value ? value : null;
        var declaration = new CsvDeclaration(Asked("culture"), Asked("dates"), Asked("zone"), Asked("encoding"), Asked("currency"), Asked("source"));
        var (format, problem) = ImportReader.Declare(name, Asked("format"), declaration, file);
        if (problem is not null)
        {
            return Answers.BadRequest(problem + ".");
        }

        var report = await imports.RunAsync(name, format, file, new UsageOrigin(IsWhole: request.Query["whole"] == "true"), cancellationToken).ConfigureAwait(false);
        return Answers.Json(report, report.State == ImportState.Refused ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}
