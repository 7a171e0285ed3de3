namespace MspBilling.Adapters.Http;

/// <summary>The access token of an interface: one for all requests, asked for anew shortly before it ends, and by one request only however many find that it has.</summary>
/// <param name="margin">How long before its end a token is no longer used; a tenth of its life where that is shorter.</param>
/// <param name="ask">Asks for a token, and tells how long it lasts. Of longer than a day is made a day.</param>
/// <param name="clock">Tells when it ends.</param>
internal sealed class AccessTokens(TimeSpan margin, Func<CancellationToken, Task<(string Text, decimal Seconds)>> ask, TimeProvider clock) : IDisposable
{
    private const int MostSeconds = 86_400;

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
        var asked = clock.GetUtcNow();
        var (text, seconds) = await ask(cancellationToken).ConfigureAwait(false);
        var lasts = TimeSpan.FromSeconds((int)Math.Clamp(seconds, 0, MostSeconds));
        return new Token(text, asked + lasts - (lasts / 10 < margin ? lasts / 10 : margin));
    }

    private sealed record Token(string Text, DateTimeOffset UsedUntil);
}
