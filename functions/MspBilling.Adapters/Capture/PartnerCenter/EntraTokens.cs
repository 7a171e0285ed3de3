using System.Text.Json;

namespace MspBilling.Adapters.Capture.PartnerCenter;

/// <summary>The app's access token for one interface: one for all requests, asked for anew shortly before it ends.</summary>
/// <remarks>
/// Client credentials: <c>POST {AuthUrl}/{tenant}/oauth2/v2.0/token</c>
/// (<see href="https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow">Entra</see>); no refresh token comes with it.
/// </remarks>
internal sealed class EntraTokens(PartnerCenterOptions options, string scope, PartnerWire wire, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

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

    private async Task<Token> AskAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{options.AuthUrl.TrimEnd('/')}/{options.TenantId}/oauth2/v2.0/token"))
        {
            Content = new FormUrlEncodedContent(
                [new("grant_type", "client_credentials"), new("client_id", options.ClientId), new("client_secret", options.ClientSecret), new("scope", scope)]),
        };
        var asked = clock.GetUtcNow();
        using var answer = await wire.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
            throw await wire.NoTokenAsync(answer, scope, cancellationToken).ConfigureAwait(false);

        var json = await wire.JsonAsync(answer, "POST oauth2/v2.0/token", cancellationToken).ConfigureAwait(false);
        if (PartnerWire.Text(json, "access_token") is not { Length: > 0 } text || !json.TryGetProperty("expires_in", out var seconds) || seconds.ValueKind != JsonValueKind.Number)
            throw wire.Malformed($"Microsoft answered the request for a token without one. Check {PartnerCenterOptions.Path}AuthUrl.");

        var lasts = TimeSpan.FromSeconds((int)Math.Clamp(seconds.GetDecimal(), 0, 86_400));
        return new Token(text, asked + lasts - (lasts / 10 < Margin ? lasts / 10 : Margin));
    }

    private sealed record Token(string Text, DateTimeOffset UsedUntil);
}
