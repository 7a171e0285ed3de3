using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary>The base of the interface's addresses, which moves with each upgrade of a cloud site.</summary>
/// <remarks>
/// <c>GET https://{site}/login/companyinfo/{companyId}</c> tells it, without keys (contract notes, section 1). It is kept until an address is not
/// found or redirected, and then looked up once more. A codebase in the settings is never looked up.
/// </remarks>
internal sealed partial class Codebase(ConnectWiseOptions options, ConnectWiseSite site, ConnectWiseWire wire)
{
    private volatile Uri? _api = options.Codebase is { } fixedOne ? Of(site, fixedOne) : null;

    public async Task<Uri> ApiAsync(CancellationToken cancellationToken) => _api ?? await LookUpAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>The base as it is now, where it is another than one that was not found; else null.</summary>
    public async Task<Uri?> MovedFromAsync(Uri api, CancellationToken cancellationToken)
    {
        if (options.Codebase is not null)
            return null;

        var now = _api is { } known && known != api ? known : await LookUpAsync(cancellationToken).ConfigureAwait(false);
        return now == api ? null : now;
    }

    private static Uri Of(ConnectWiseSite site, string codebase) => new(site.Api, $"/{codebase.Trim('/')}/apis/3.0/");

    private async Task<Uri> LookUpAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(site.Login, "/login/companyinfo/" + Uri.EscapeDataString(options.CompanyId)));
        using var answer = await wire.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.OK && CodebaseIn(await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false)) is { } codebase)
            return _api = Of(site, codebase);

        if (answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound)
        {
            throw new SourceException(
                ConnectWiseSource.SourceName,
                SourceFailure.Unauthorized,
                $"{site.Login.Host} knows no company {options.CompanyId}. Check Sources:ConnectWise:Site and Sources:ConnectWise:CompanyId.");
        }

        throw await wire.RefusalAsync(answer, "the company's codebase", null, cancellationToken).ConfigureAwait(false);
    }

    // An unknown company is answered with the word null.
    private static string? CodebaseIn(byte[] answer)
    {
        try
        {
            var info = JsonElement.Parse(answer);
            return info.ValueKind == JsonValueKind.Object && info.TryGetProperty("Codebase", out var codebase) && codebase.ValueKind == JsonValueKind.String
                && Name().IsMatch(codebase.GetString()!) ? codebase.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_.-]+/?$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
