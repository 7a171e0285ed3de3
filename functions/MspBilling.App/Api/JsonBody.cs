using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace MspBilling.App.Api;

/// <summary>Reads a small JSON body; anything else is answered with what was expected.</summary>
internal static class JsonBody
{
    private const int MostBytes = 64 * 1024;

    public static async Task<(T? Body, IResult? Refusal)> ReadAsync<T>(HttpRequest request, CancellationToken cancellationToken)
        where T : class
    {
        // A page of another site cannot send this content type without being asked first, and nothing here says yes.
        if (!request.HasJsonContentType())
        {
            return (null, Results.Problem("Send JSON, with the content type application/json.", title: "The request cannot be read", statusCode: StatusCodes.Status415UnsupportedMediaType));
        }

        if (request.ContentLength > MostBytes)
        {
            return (null, Results.Problem($"The body has more than {MostBytes} bytes.", title: "The request is too large", statusCode: StatusCodes.Status413PayloadTooLarge));
        }

        try
        {
            var body = await request.ReadFromJsonAsync<T>(ApiJson.Options, cancellationToken).ConfigureAwait(false);
            return body is null ? (null, Answers.BadRequest("The body is empty.")) : (body, null);
        }
        catch (InvalidOperationException)
        {
            // The one thing that it throws for: a charset that there is not.
            return (null, Answers.BadRequest($"The charset of '{request.ContentType}' is not known; send UTF-8."));
        }
        catch (JsonException e)
        {
            return (null, Answers.BadRequest($"The body is not the JSON that was expected, at line {e.LineNumber + 1}, {(string.IsNullOrEmpty(e.Path) ? "the beginning" : e.Path)}."));
        }
    }
}
