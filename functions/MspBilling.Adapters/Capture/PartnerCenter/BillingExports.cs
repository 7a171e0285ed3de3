using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using MspBilling.Adapters.Http;

namespace MspBilling.Adapters.Capture.PartnerCenter;

/// <summary>The asynchronous exports of Microsoft Graph's partner billing interface: asked for, looked at until they are done, and fetched.</summary>
/// <remarks>
/// <see href="https://learn.microsoft.com/graph/api/resources/partners-billing-api-overview">Overview</see>. A request answers 202 and where its operation is; that runs, fails or ends with a
/// manifest; that names blobs of compressed JSON lines and the key to read them, which ends soon. The synchronous interfaces that Partner Center had
/// for the same lines were retired by January 2025
/// (<see href="https://learn.microsoft.com/partnercenter/developer/get-invoice-billed-consumption-lineitems">for usage</see>).
/// An export that fails, or whose files change meanwhile, is asked for again as a whole.
/// </remarks>
internal sealed class BillingExports(PartnerCenterOptions options, PartnerWire wire, AccessTokens tokens, TimeProvider clock)
{
    private readonly string _root = options.GraphUrl.TrimEnd('/') + "/reports/partners/billing/";

    /// <summary>Adds all lines of an export, or none.</summary>
    /// <param name="path">Such as <c>usage/billed/export</c>.</param>
    /// <param name="body">What is exported.</param>
    public async Task AddAsync(string path, JsonElement body, ExportedLines lines, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var manifest = await ManifestAsync(path, body, cancellationToken).ConfigureAwait(false);
                lines.Take(await BlobsAsync(path, manifest, lines, cancellationToken).ConfigureAwait(false));
                return;
            }
            catch (ExportAgainException) when (attempt < options.ExportTries)
            {
                await Task.Delay(PauseOf(null), cancellationToken).ConfigureAwait(false);
            }
            catch (ExportAgainException again)
            {
                throw wire.Failure(SourceFailure.Unavailable, string.Create(
                    CultureInfo.InvariantCulture, $"Microsoft's {path} was asked for {attempt} times and did not end well: {again.Message} The next pull tries again."));
            }
        }
    }

    private async Task<Manifest> ManifestAsync(string path, JsonElement body, CancellationToken cancellationToken)
    {
        var sent = JsonSerializer.Serialize(body);
        using var asked = await wire.SendAsync(
            () => new HttpRequestMessage(HttpMethod.Post, new Uri(_root + path)) { Content = new StringContent(sent, Encoding.UTF8, "application/json") }, tokens, cancellationToken).ConfigureAwait(false);
        if (asked.StatusCode != HttpStatusCode.Accepted)
            throw await wire.RefusalAsync(asked, "POST " + path, cancellationToken).ConfigureAwait(false);

        // Only its id: the token goes to no other address than the settings'.
        var operation = asked.Headers.Location?.OriginalString.TrimEnd('/').Split('/', '?')[^1] is { Length: > 0 } id
            ? "operations/" + Uri.EscapeDataString(id)
            : throw wire.Malformed($"Microsoft accepted POST {path} without telling where its operation is.");
        var (began, pause) = (clock.GetTimestamp(), asked.Headers.RetryAfter?.Delta);
        while (true)
        {
            await Task.Delay(PauseOf(pause), cancellationToken).ConfigureAwait(false);
            using var answer = await GetAsync(operation, cancellationToken).ConfigureAwait(false);
            var state = await wire.JsonAsync(answer, "GET " + operation, cancellationToken).ConfigureAwait(false);

            // The interface's description says completed, its samples succeeded.
            switch (PartnerWire.Text(state, "status")?.ToUpperInvariant())
            {
                case "SUCCEEDED" or "COMPLETED":
                    return await ManifestOfAsync(state, cancellationToken).ConfigureAwait(false);
                case "FAILED":
                    throw new ExportAgainException($"it failed ({PartnerWire.WordsOf(state)}).");
            }

            if (clock.GetElapsedTime(began) > TimeSpan.FromMinutes(options.ExportMinutes))
                throw wire.Failure(SourceFailure.Unavailable, string.Create(CultureInfo.InvariantCulture, $"Microsoft's {path} was not done after {options.ExportMinutes} minutes. The next pull asks for it again."));
            pause = answer.Headers.RetryAfter?.Delta;
        }
    }

    /// <summary>In the answer itself, or where it says.</summary>
    private async Task<Manifest> ManifestOfAsync(JsonElement state, CancellationToken cancellationToken)
    {
        if (state.TryGetProperty("resourceLocation", out var location) && location.ValueKind == JsonValueKind.Object)
            return Manifest.Of(location, wire);

        return location.ValueKind == JsonValueKind.String && location.GetString()!.TrimEnd('/').Split('/', '?')[^1] is { Length: > 0 } id
            ? await ManifestAsync(id, cancellationToken).ConfigureAwait(false)
            : throw wire.Malformed("Microsoft told an export done without telling where its files are.");
    }

    private async Task<Manifest> ManifestAsync(string id, CancellationToken cancellationToken)
    {
        var path = "manifests/" + Uri.EscapeDataString(id);
        using var answer = await GetAsync(path, cancellationToken).ConfigureAwait(false);
        return Manifest.Of(await wire.JsonAsync(answer, "GET " + path, cancellationToken).ConfigureAwait(false), wire);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, CancellationToken cancellationToken)
    {
        var answer = await wire.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, new Uri(_root + path)), tokens, cancellationToken).ConfigureAwait(false);
        if (answer.IsSuccessStatusCode)
            return answer;

        using (answer)
            throw await wire.RefusalAsync(answer, "GET " + path, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<ExportedLine>> BlobsAsync(string path, Manifest manifest, ExportedLines lines, CancellationToken cancellationToken)
    {
        var found = new List<ExportedLine>();
        foreach (var blob in manifest.Blobs)
        {
            for (var attempt = 1; ; attempt++)
            {
                // The key ends after an hour or so: with a new one the same files go on.
                using var answer = await wire.SendAsync(new HttpRequestMessage(HttpMethod.Get, manifest.AddressOf(blob)), cancellationToken).ConfigureAwait(false);
                if (answer.IsSuccessStatusCode && lines.TrySpool(await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false)) is { } spooled)
                {
                    found.AddRange(spooled);
                    break;
                }

                if (attempt == options.ExportTries)
                    throw new ExportAgainException(answer.IsSuccessStatusCode ? $"its file {blob} is cut off or no compressed JSON." : string.Create(CultureInfo.InvariantCulture, $"its file {blob} was answered with {(int)answer.StatusCode}."));

                var renewed = await ManifestAsync(manifest.Id, cancellationToken).ConfigureAwait(false);
                if (renewed.ETag != manifest.ETag || !renewed.Blobs.SequenceEqual(manifest.Blobs))
                    throw new ExportAgainException($"its files changed while they were fetched ({path}).");
                manifest = renewed;
            }
        }

        return found;
    }

    private TimeSpan PauseOf(TimeSpan? asked)
    {
        var pause = asked ?? options.PollPause;
        return pause < TimeSpan.Zero ? TimeSpan.Zero : pause > options.Http.LongestPause ? options.Http.LongestPause : pause;
    }

    /// <summary><see href="https://learn.microsoft.com/graph/api/resources/partners-billing-manifest">The files of an export.</see></summary>
    private sealed record Manifest(string Id, string? ETag, string Root, string Key, IReadOnlyList<string> Blobs)
    {
        public static Manifest Of(JsonElement json, PartnerWire wire)
        {
            var blobs = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("blobs", out var list) && list.ValueKind == JsonValueKind.Array
                ? list.EnumerateArray().Select(blob => PartnerWire.Text(blob, "name") ?? "").ToList()
                : [];
            var count = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("blobCount", out var number) && number.ValueKind == JsonValueKind.Number ? number.GetDecimal() : -1;
            var root = PartnerWire.Text(json, "rootDirectory");
            var isAddress = Uri.TryCreate(root, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback);
            if (PartnerWire.Text(json, "id") is not { Length: > 0 } id || (count >= 0 && count != blobs.Count) || (blobs.Count > 0 && !isAddress) || blobs.Contains(""))
                throw wire.Malformed("Microsoft's manifest of an export is not whole. The next pull asks for it again.");
            return new Manifest(id, PartnerWire.Text(json, "eTag"), root?.TrimEnd('/') ?? "", PartnerWire.Text(json, "sasToken")?.TrimStart('?') ?? "", blobs);
        }

        public Uri AddressOf(string blob) => new($"{Root}/{string.Join('/', blob.Split('/').Select(Uri.EscapeDataString))}?{Key}");
    }

    private sealed class ExportAgainException(string why) : Exception(why);
}
