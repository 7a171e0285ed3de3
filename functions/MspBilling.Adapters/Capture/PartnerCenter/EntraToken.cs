using System.Text.Json;
using MspBilling.Adapters.Http;

namespace MspBilling.Adapters.Capture.PartnerCenter;

/// <summary>Asks for the app's access token for one interface.</summary>
/// <remarks>
/// Client credentials: <c>POST {AuthUrl}/{tenant}/oauth2/v2.0/token</c>
/// (<see href="https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow">Entra</see>); no refresh token comes with it.
/// </remarks>
internal static class EntraToken
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    public static AccessTokens Tokens(PartnerCenterOptions options, string scope, PartnerWire wire, TimeProvider clock) =>
        new(Margin, cancellationToken => AskAsync(options, scope, wire, cancellationToken), clock);

    private static async Task<(string Text, decimal Seconds)> AskAsync(PartnerCenterOptions options, string scope, PartnerWire wire, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{options.AuthUrl.TrimEnd('/')}/{options.TenantId}/oauth2/v2.0/token"))
        {
            Content = new FormUrlEncodedContent(
                [new("grant_type", "client_credentials"), new("client_id", options.ClientId), new("client_secret", options.ClientSecret), new("scope", scope)]),
        };
        using var answer = await wire.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
            throw await wire.NoTokenAsync(answer, scope, cancellationToken).ConfigureAwait(false);

        var json = await wire.JsonAsync(answer, "POST oauth2/v2.0/token", cancellationToken).ConfigureAwait(false);
        return PartnerWire.Text(json, "access_token") is { Length: > 0 } text && json.TryGetProperty("expires_in", out var seconds) && seconds.ValueKind == JsonValueKind.Number
            ? (text, seconds.GetDecimal())
            : throw wire.Malformed($"Microsoft answered the request for a token without one. Check {PartnerCenterOptions.Path}AuthUrl.");
    }
}
