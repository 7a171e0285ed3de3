using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.Json;

namespace MspBilling.Adapters.Capture.Autotask;

/// <summary>The address of the zone on which an MSP's Autotask runs, looked up by its API user's name.</summary>
/// <remarks>
/// <c>GET zoneInformation?user=…</c> answers <c>{"url":"https://webservices3.autotask.net/atservicesrest/"}</c> without a sign-in (REST API, "Autotask API zones").
/// Credentials are sent there afterwards: it must be Autotask's, or the host that was asked.
/// </remarks>
internal sealed class AutotaskZone(AutotaskOptions options, AutotaskWire wire) : IDisposable
{
    private const string VendorHosts = ".autotask.net";

    private readonly SemaphoreSlim _turn = new(1, 1);
    private Uri? _known;
    private bool _isLookedUpAgain;

    /// <summary>An address that secrets may be sent to: https, or this computer.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Uri? url)
    {
        var isAddress = Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out url);
        return isAddress && (url!.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)) && url.Query.Length == 0 && url.UserInfo.Length == 0;
    }

    public async Task<Uri> FindAsync(CancellationToken cancellationToken)
    {
        if (_known is { } known)
            return known;

        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _known ??= await ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Where it has moved to; null where it has not, and after the first time: further sign-ins could lock the API user out.</summary>
    public async Task<Uri?> MovedFromAsync(Uri old, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (options.ZoneUrl is null && _known == old && !_isLookedUpAgain)
            {
                _isLookedUpAgain = true;
                _known = await ReadAsync(cancellationToken).ConfigureAwait(false);
            }

            return _known == old ? null : _known;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<Uri> ReadAsync(CancellationToken cancellationToken)
    {
        if (options.ZoneUrl is { } fixedOne && TryParse(fixedOne, out var given))
            return new Uri(given, "V1.0/");

        var lookup = TryParse(options.ZoneLookupUrl, out var known) ? known : throw new ArgumentException("The zone's lookup is no address.", nameof(cancellationToken));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(lookup, "v1.0/zoneInformation?user=" + Uri.EscapeDataString(options.UserName)));
        using var answer = await wire.SendAsync(request, "the zone's lookup", cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode != HttpStatusCode.OK)
            throw await wire.RefusalAsync(answer, "the zone's lookup", $"Check that {AutotaskOptions.Path}UserName is the user name of an API user.", cancellationToken).ConfigureAwait(false);

        var url = await wire.ReadAsync(answer, "the zone's lookup", cancellationToken).ConfigureAwait(false) is { ValueKind: JsonValueKind.Object } zone ? Wire.Text(zone, "url") : null;
        if (url is null || !TryParse(url, out var found) || !(found.Host.EndsWith(VendorHosts, StringComparison.OrdinalIgnoreCase) || found.Authority == lookup.Authority))
        {
            throw wire.Malformed("the zone's lookup", $"names no address of Autotask's. Write the zone's address in {AutotaskOptions.Path}ZoneUrl; it is shown in Autotask under Admin > Resources, at the API user");
        }

        return new Uri(found, "V1.0/");
    }
}
