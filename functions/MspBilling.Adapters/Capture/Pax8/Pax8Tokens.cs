using System.Text;
using System.Text.Json;

namespace MspBilling.Adapters.Capture.Pax8;

/// <summary>The access token: one for all requests, asked for anew shortly before it ends.</summary>
/// <remarks><see href="https://devx.pax8.com/docs/authentication">POST /token</see> with client credentials as JSON; it lasts a day.</remarks>
internal sealed class Pax8Tokens(Pax8Options options, Pax8Wire wire, TimeProvider clock) : IDisposable
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
        var body = JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["client_id"] = options.ClientId,
            ["client_secret"] = options.ClientSecret,
            ["audience"] = options.Audience,
            ["grant_type"] = "client_credentials",
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.TokenUrl)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        var asked = clock.GetUtcNow();
        using var answer = await wire.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
            throw await wire.NoTokenAsync(answer, cancellationToken).ConfigureAwait(false);

        var json = await wire.JsonAsync(answer, "POST token", cancellationToken).ConfigureAwait(false);
        if (Pax8Wire.Text(json, "access_token") is not { Length: > 0 } text || !json.TryGetProperty("expires_in", out var seconds) || seconds.ValueKind != JsonValueKind.Number)
            throw wire.Malformed($"Pax8 answered POST token without a token. Check {Pax8Options.Path}TokenUrl.");

        var lasts = TimeSpan.FromSeconds((int)Math.Clamp(seconds.GetDecimal(), 0, 86_400));
        return new Token(text, asked + lasts - (lasts / 10 < Margin ? lasts / 10 : Margin));
    }

    private sealed record Token(string Text, DateTimeOffset UsedUntil);
}
