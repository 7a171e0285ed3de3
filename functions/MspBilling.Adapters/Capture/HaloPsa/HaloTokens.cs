using System.Text.Json;

namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary>The access token: one for all requests, asked for anew shortly before it ends, and by one request only however many find that it has.</summary>
/// <remarks>Client credentials (RFC 6749, 4.4); Halo gives 3600 seconds and no refresh token (contract notes, section 1).</remarks>
internal sealed class HaloTokens(HaloPsaOptions options, HaloWire wire, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _oneAsks = new(1);
    private volatile Token? _token;

    public async ValueTask<string> GetAsync(CancellationToken cancellationToken) =>
        _token is { } token && clock.GetUtcNow() < token.UsedUntil ? token.Text : await NewerThanAsync(null, cancellationToken).ConfigureAwait(false);

    /// <summary>A token other than one that was refused.</summary>
    public async Task<string> NewerThanAsync(string? refused, CancellationToken cancellationToken)
    {
        await _oneAsks.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_token is not { } known || known.Text == refused || clock.GetUtcNow() >= known.UsedUntil)
                _token = known = await AskAsync(cancellationToken).ConfigureAwait(false);
            return known.Text;
        }
        finally
        {
            _oneAsks.Release();
        }
    }

    public void Dispose() => _oneAsks.Dispose();

    // POST {AuthUrl}/token, with ?tenant= for hosted tenants (contract notes, section 1).
    private async Task<Token> AskAsync(CancellationToken cancellationToken)
    {
        var tenant = options.Tenant is null ? "" : "?tenant=" + Uri.EscapeDataString(options.Tenant);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.AuthUrl.TrimEnd('/') + "/token" + tenant))
        {
            Content = new FormUrlEncodedContent(
            [
                new("grant_type", "client_credentials"),
                new("client_id", options.ClientId),
                new("client_secret", options.ClientSecret),
                new("scope", options.Scope),
            ]),
        };
        var asked = clock.GetUtcNow();
        using var answer = await wire.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
            throw await wire.NoTokenAsync(answer, cancellationToken).ConfigureAwait(false);

        var json = await wire.JsonAsync(answer, "POST token", cancellationToken).ConfigureAwait(false);
        var token = new HaloRow(json);
        if (json.ValueKind != JsonValueKind.Object || token.Text("access_token") is not { Length: > 0 } text || token.Reference("expires_in") is null)
            throw wire.Malformed($"HaloPSA answered POST token without a token. Check {HaloPsaOptions.Path}AuthUrl.");

        var lasts = TimeSpan.FromSeconds((int)Math.Min(json.GetProperty("expires_in").GetDecimal(), 86_400));
        return new Token(text, asked + lasts - (lasts / 10 < Margin ? lasts / 10 : Margin));
    }

    private sealed record Token(string Text, DateTimeOffset UsedUntil);
}
