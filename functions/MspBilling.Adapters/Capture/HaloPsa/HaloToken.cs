using System.Text.Json;
using MspBilling.Adapters.Http;

namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary>Asks for the access token.</summary>
/// <remarks>Client credentials (RFC 6749, 4.4); Halo gives 3600 seconds and no refresh token (contract notes, section 1).</remarks>
internal static class HaloToken
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    public static AccessTokens Tokens(HaloPsaOptions options, HaloWire wire, TimeProvider clock) => new(Margin, cancellationToken => AskAsync(options, wire, cancellationToken), clock);

    // POST {AuthUrl}/token, with ?tenant= for hosted tenants (contract notes, section 1).
    private static async Task<(string Text, decimal Seconds)> AskAsync(HaloPsaOptions options, HaloWire wire, CancellationToken cancellationToken)
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
        using var answer = await wire.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
            throw await wire.NoTokenAsync(answer, cancellationToken).ConfigureAwait(false);

        var json = await wire.JsonAsync(answer, "POST token", cancellationToken).ConfigureAwait(false);
        var token = new HaloRow(json);
        return json.ValueKind == JsonValueKind.Object && token.Text("access_token") is { Length: > 0 } text && token.Reference("expires_in") is not null
            ? (text, json.GetProperty("expires_in").GetDecimal())
            : throw wire.Malformed($"HaloPSA answered POST token without a token. Check {HaloPsaOptions.Path}AuthUrl.");
    }
}
