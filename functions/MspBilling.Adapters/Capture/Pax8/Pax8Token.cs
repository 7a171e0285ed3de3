using System.Text;
using System.Text.Json;
using MspBilling.Adapters.Http;

namespace MspBilling.Adapters.Capture.Pax8;

/// <summary>Asks for the access token.</summary>
/// <remarks><see href="https://devx.pax8.com/docs/authentication">POST /token</see> with client credentials as JSON; it lasts a day.</remarks>
internal static class Pax8Token
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    public static AccessTokens Tokens(Pax8Options options, Pax8Wire wire, TimeProvider clock) => new(Margin, cancellationToken => AskAsync(options, wire, cancellationToken), clock);

    private static async Task<(string Text, decimal Seconds)> AskAsync(Pax8Options options, Pax8Wire wire, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["client_id"] = options.ClientId,
            ["client_secret"] = options.ClientSecret,
            ["audience"] = options.Audience,
            ["grant_type"] = "client_credentials",
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.TokenUrl)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        using var answer = await wire.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
            throw await wire.NoTokenAsync(answer, cancellationToken).ConfigureAwait(false);

        var json = await wire.JsonAsync(answer, "POST token", cancellationToken).ConfigureAwait(false);
        return Pax8Wire.Text(json, "access_token") is { Length: > 0 } text && json.TryGetProperty("expires_in", out var seconds) && seconds.ValueKind == JsonValueKind.Number
            ? (text, seconds.GetDecimal())
            : throw wire.Malformed($"Pax8 answered POST token without a token. Check {Pax8Options.Path}TokenUrl.");
    }
}
