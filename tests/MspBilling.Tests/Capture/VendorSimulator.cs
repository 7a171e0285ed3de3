using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MspBilling.Tests.Capture;

/// <summary>What goes wrong with an answer.</summary>
internal enum Fault
{
    None,

    /// <summary>429, with the header that the vendor sends.</summary>
    TooMany,

    /// <summary>500, 502 or 503, with a page of HTML where a proxy answers.</summary>
    ServerError,

    /// <summary>The connection ends in the middle of the body.</summary>
    CutOff,

    /// <summary>No answer in the time that the client waits.</summary>
    Silence,
}

/// <summary>A vendor's HTTP interface on 127.0.0.1 that refuses what the vendor refuses, and fails as it is told.</summary>
/// <remarks>
/// What a simulator does not know is answered with 404 and noted in <see cref="Unexpected"/>, which a test asserts to be empty. A faulty answer is decided
/// by the number of the request, so that a run with one seed always fails alike.
/// </remarks>
internal abstract class VendorSimulator : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _unexpected = new();
    private readonly CancellationTokenSource _stopped = new();
    private WebApplication? _app;
    private int _requests;

    /// <summary>Which fault the request of a number gets, from 1; none by default.</summary>
    public Func<int, Fault> Faults { get; set; } = _ => Fault.None;

    /// <summary>How long a silent answer is awaited before the connection ends.</summary>
    public TimeSpan SilenceEnds { get; init; } = TimeSpan.FromSeconds(30);

    public int Requests => _requests;

    /// <summary>Requests that the vendor would not understand.</summary>
    public IReadOnlyCollection<string> Unexpected => _unexpected;

    public Uri Address => new(_app!.Urls.Single());

    /// <summary>A mix of faults in a share of the requests, the same for the same seed.</summary>
    public static Func<int, Fault> Mixed(int seed, double share) => request =>
    {
        // Random's first numbers go up in steps from one seed to the next: faults that follow one another take a seed that is mixed.
        var mixed = unchecked(((uint)seed * 0x9E3779B9u) ^ ((uint)request * 0x85EBCA6Bu));
        mixed = unchecked((mixed ^ (mixed >> 15)) * 0xC2B2AE35u);
        var random = new Random(unchecked((int)(mixed ^ (mixed >> 13))));
        return random.NextDouble() >= share ? Fault.None : (Fault)random.Next(1, 1 + (int)Fault.CutOff);
    };

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(AnswerAsync);
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        if (_app is not null)
            await _app.DisposeAsync();
        _stopped.Dispose();
    }

    /// <summary>The vendor's answer: a status, headers and a body. Null for a request that the vendor does not know.</summary>
    protected abstract Task<SimulatedAnswer?> AnswerAsync(HttpRequest request, byte[] body);

    /// <summary>The vendor's 429.</summary>
    protected abstract SimulatedAnswer TooMany();

    /// <summary>Sends a webhook as the vendor does, and waits for the answer's status.</summary>
    protected static async Task<int> SendAsync(Uri address, byte[] body, string header, string value)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await http.SendAsync(request, Xunit.TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    protected void Expect(bool isRight, HttpRequest request, string what)
    {
        if (!isRight)
            _unexpected.Enqueue($"{request.Method} {request.Path}{request.QueryString}: {what}");
    }

    // A fault of the simulator's own would pass for one of the vendor's, and be tried again.
    private async Task<SimulatedAnswer?> WithoutExceptionAsync(HttpRequest request, byte[] body)
    {
        try
        {
            return await AnswerAsync(request, body);
        }
        catch (Exception e)
        {
            Expect(false, request, e.ToString());
            return new SimulatedAnswer(500, "");
        }
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var fault = Faults(Interlocked.Increment(ref _requests));
        using var read = new MemoryStream();
        await http.Request.Body.CopyToAsync(read);
        if (fault == Fault.Silence)
        {
            await Task.Delay(SilenceEnds, _stopped.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            http.Abort();
            return;
        }

        var answer = fault switch
        {
            Fault.TooMany => TooMany(),
            Fault.ServerError => new SimulatedAnswer(500 + (_requests % 2 * 2), "<html><body>Bad gateway</body></html>") { ContentType = "text/html" },
            _ => await WithoutExceptionAsync(http.Request, read.ToArray()),
        };
        if (answer is null)
        {
            _unexpected.Enqueue($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}");
            answer = new SimulatedAnswer(404, "");
        }

        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers)
            http.Response.Headers[name] = value;
        var bytes = answer.Bytes ?? System.Text.Encoding.UTF8.GetBytes(answer.Body);
        http.Response.ContentLength = bytes.Length;
        if (fault == Fault.CutOff && bytes.Length > 1)
        {
            await http.Response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
            await http.Response.Body.FlushAsync();
            http.Abort();
            return;
        }

        await http.Response.Body.WriteAsync(bytes);
    }
}

/// <param name="Body">JSON, unless the content type says otherwise.</param>
internal sealed record SimulatedAnswer(int Status, string Body)
{
    public string ContentType { get; init; } = "application/json; charset=utf-8";

    /// <summary>Instead of the body, where it is no text.</summary>
    public byte[]? Bytes { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
