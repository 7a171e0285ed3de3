using Microsoft.AspNetCore.Http;
using MspBilling.Adapters.Agreements;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.App.Api;
using MspBilling.App.Capture;
using MspBilling.Core;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.App.Agreements;

/// <summary>Agreements in the MSP's own form: the list, one, storing one, and the JSON Schema of the form.</summary>
/// <remarks>What is put is an import of one agreement: its bytes are kept, and it is stored whole or not at all.</remarks>
public sealed class AgreementEndpoints(RecordStore records, ImportJob imports)
{
    private const int MostBytes = 2_000_000;
    private const string FileName = "agreements.json";

    private sealed record Summary(
        string Id, string Client, string? PsaAgreement, string Name, Currency Currency, string? PurchaseOrder, string? Calendar, DateOnly From, DateOnly? To, int Versions)
    {
        public static Summary Of(AgreementDocument d) => new(
            d.Id.ExternalId, d.Client, d.PsaAgreement, d.Name, d.Currency, d.PurchaseOrder, d.Calendar,
            d.Versions[0].InForce.Start, d.Versions[^1].InForce.End == Period.NoEnd ? null : d.Versions[^1].InForce.End, d.Versions.Count);
    }

    /// <param name="Path">Into the body, such as <c>versions[0].lines[2].percent</c>.</param>
    private sealed record Problem(string? Path, string? Value, string Expected, int Line, int Column);

    public async Task<IResult> ListAsync(CancellationToken cancellationToken) => Answers.Json(new
    {
        agreements = (await AllAsync(cancellationToken).ConfigureAwait(false)).OrderBy(d => d.Id.ExternalId, StringComparer.Ordinal).Select(Summary.Of),
    });

    public async Task<IResult> GetAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var id = IdOf(request);
        return await FindAsync(id, cancellationToken).ConfigureAwait(false) is { } agreement
            ? Json(AgreementWriter.Write(agreement))
            : Answers.NotFound($"No agreement has the id {id}.");
    }

    public async Task<IResult> PutAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // A page of another site cannot send this content type without being asked first, and nothing here says yes.
        if (!request.HasJsonContentType())
        {
            return Results.Problem("Send JSON, with the content type application/json.", title: "The request cannot be read", statusCode: StatusCodes.Status415UnsupportedMediaType);
        }

        if (request.ContentLength > MostBytes)
        {
            return TooLarge();
        }

        using var body = new MemoryStream();
        await CopyAsync(request.Body, body, cancellationToken).ConfigureAwait(false);
        if (body.Length > MostBytes)
        {
            return TooLarge();
        }

        body.Position = 0;
        var read = ImportReader.Read(FileName, ImportReader.AgreementsFormat, body);
        if (read.Problems.Count > 0)
        {
            return Refused(read.Problems, StatusCodes.Status422UnprocessableEntity);
        }

        var id = IdOf(request);
        if (read.Records is not [AgreementDocument agreement] || agreement.Id.ExternalId != id)
        {
            var found = read.Records is [AgreementDocument other] ? other.Id.ExternalId : null;
            return Refused([new ImportProblem(FileName, 0, 0, "id", found, $"one agreement with the id {id} of the address")], StatusCodes.Status422UnprocessableEntity);
        }

        body.Position = 0;
        var report = await imports.RunAsync(FileName, ImportReader.AgreementsFormat, body, cancellationToken).ConfigureAwait(false);
        return report switch
        {
            { State: ImportState.Refused, IsConflict: true } => Refused(report.Problems, StatusCodes.Status409Conflict),
            { State: ImportState.Refused } => Refused(report.Problems, StatusCodes.Status422UnprocessableEntity),
            { Added: > 0 } => Json(AgreementWriter.Write(agreement), StatusCodes.Status201Created),
            _ => Json(AgreementWriter.Write(agreement)),
        };
    }

    public static Task<IResult> SchemaAsync() => Task.FromResult(Json(AgreementSchema.Read()));

    private static IResult Refused(IReadOnlyList<ImportProblem> problems, int status) => Results.Problem(
        $"{problems[0].Field ?? "The body"}: expected {problems[0].Expected}." + (problems.Count > 1 ? $" And {problems.Count - 1} more." : ""),
        title: status == StatusCodes.Status409Conflict ? "The agreement is at odds with what is stored; nothing was changed" : "The agreement is wrong; nothing was stored",
        statusCode: status,
        extensions: new Dictionary<string, object?>
        {
            ["problems"] = problems.Select(p => new Problem(p.Field, p.Value, p.Expected, p.Line, p.Column)),
        });

    private static IResult TooLarge() =>
        Results.Problem($"The body has more than {MostBytes} bytes.", title: "The request is too large", statusCode: StatusCodes.Status413PayloadTooLarge);

    private static IResult Json(byte[] json, int status = StatusCodes.Status200OK) =>
        Results.Content(System.Text.Encoding.UTF8.GetString(json), "application/json; charset=utf-8", contentEncoding: null, status);

    /// <summary>At most a little more than is taken, of a body that does not tell its length.</summary>
    private static async Task CopyAsync(Stream from, MemoryStream to, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        while (to.Length <= MostBytes && await from.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            to.Write(buffer, 0, read);
        }
    }

    private static string IdOf(HttpRequest request) => (string)request.RouteValues["id"]!;

    private async Task<AgreementDocument?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await AllAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(d => d.Id.ExternalId == id);

    private async Task<IEnumerable<AgreementDocument>> AllAsync(CancellationToken cancellationToken) =>
        (await records.ReferencesAsync(RecordKind.AgreementDocument, cancellationToken).ConfigureAwait(false)).OfType<AgreementDocument>();
}
