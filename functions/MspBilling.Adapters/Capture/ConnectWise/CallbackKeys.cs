using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary>The keys that callbacks are signed with, from the addresses that they name.</summary>
/// <remarks>
/// An address in a body is anybody's: only those of the site in the settings are asked, by https, without our credentials, and redirects are not
/// followed. Keys are kept by address for a day, so that a callback is answered without a request; that there is none is kept for some minutes. One is asked
/// for at a time: who waited finds it.
/// </remarks>
internal sealed class CallbackKeys(ConnectWiseSite site, IHttpClientFactory http, TimeProvider clock) : IDisposable
{
    public const string ClientName = "connectwise-callback-keys";

    private const int MostKeys = 200;
    private static readonly TimeSpan Holds = TimeSpan.FromDays(1);
    private static readonly TimeSpan NoneHolds = TimeSpan.FromMinutes(5);

    // A key may be replaced under its address; who sends wrong signatures does not make us ask more often than so.
    private static readonly TimeSpan BeforeAskedAgain = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ConcurrentDictionary<Uri, Known> _keys = [];

    /// <summary>Whether an address may be asked for a key: it is of the site, by its name for people or for its interface.</summary>
    public bool TryAddress(string? text, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address) && address.UserInfo.Length == 0 && (IsOf(site.Login, address) || IsOf(site.Api, address));

    /// <summary>The key of an address; no key where the address has none.</summary>
    /// <param name="notThis">A key that did not fit, which may have been replaced.</param>
    /// <exception cref="SourceException">It did not answer.</exception>
    public async Task<string?> FindAsync(Uri address, string? notThis, CancellationToken cancellationToken)
    {
        if (Kept(address, notThis) is { } kept)
            return kept.Key;

        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Kept(address, notThis) is { } found)
                return found.Key;

            var asked = new Known(await AskAsync(address, cancellationToken).ConfigureAwait(false), clock.GetUtcNow());
            if (_keys.Count >= MostKeys)
                _keys.Clear();
            return (_keys[address] = asked).Key;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private Known? Kept(Uri address, string? notThis) =>
        _keys.TryGetValue(address, out var known) && clock.GetUtcNow() - known.At < (known.Key is null ? NoneHolds : notThis == known.Key ? BeforeAskedAgain : Holds) ? known : null;

    private static bool IsOf(Uri host, Uri address) => address.Scheme == host.Scheme && address.Authority == host.Authority;

    private async Task<string?> AskAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var client = http.CreateClient(ClientName);
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Accept.ParseAdd("application/json");
            using var answer = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (answer.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError)
                throw NotReached(address, null);
            return answer.StatusCode == HttpStatusCode.OK
                ? WebhookBody.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false))?.Text("signing_key")
                : null;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is HttpRequestException or IOException or OperationCanceledException or Polly.ExecutionRejectedException)
        {
            throw NotReached(address, e);
        }
    }

    private static SourceException NotReached(Uri address, Exception? e) =>
        new(ConnectWiseSource.SourceName, SourceFailure.Unavailable, $"ConnectWise PSA at {address.Host} did not answer with the key of a callback.", e);

    private sealed record Known(string? Key, DateTimeOffset At);
}
