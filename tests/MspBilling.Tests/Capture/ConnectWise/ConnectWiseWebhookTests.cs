using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Capture.ConnectWise;
using Xunit;

namespace MspBilling.Tests.Capture.ConnectWise;

public sealed class ConnectWiseWebhookTests : IAsyncLifetime
{
    public const string Path = "Zk3yQ0pS8vTn2LwX";

    private readonly ConnectWiseSimulator _vendor = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 8, 3, 9, 0, 0, TimeSpan.Zero));
    private ServiceProvider? _services;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IWebhookSource Webhooks => _services!.GetRequiredService<IWebhookSource>();

    public async ValueTask InitializeAsync()
    {
        await _vendor.StartAsync();
        var settings = ConnectedSource.SettingsFor(_vendor.Address.ToString(), "Webhooks:Path=" + Path);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        _services = new ServiceCollection().AddSingleton<TimeProvider>(_clock).AddConnectWise(configuration.GetSection("Sources:ConnectWise")).BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services!.DisposeAsync();
        await _vendor.DisposeAsync();
    }

    [Fact]
    public async Task Prove_ManyCallbacks_AsksForTheirKeyOnceAndSendsItNoKeysOfOurs()
    {
        var bodies = Enumerable.Range(1, 20).Select(id => _vendor.Callback("time", id, "updated", "m" + id)).ToList();
        var proofs = await Task.WhenAll(bodies.Select(body => ProveAsync(body)));

        Assert.All(proofs, proof => Assert.Equal(WebhookProof.Genuine, proof));
        Assert.Equal(1, _vendor.Requests);
        Assert.Empty(_vendor.Unexpected);
    }

    [Theory]
    [InlineData("https://hooks.evil.example/v2026_1/apis/3.0/system/callbacks/keys/7")]
    [InlineData("https://127.0.0.1/v2026_1/apis/3.0/system/callbacks/keys/7")]
    [InlineData("http://127.0.0.1:1/v2026_1/apis/3.0/system/callbacks/keys/7")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/v2026_1/apis/3.0/system/callbacks/keys/7")]
    [InlineData("")]
    public async Task Prove_KeyAtAnotherHost_IsNotAskedFor(string keyUrl)
    {
        var body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(_vendor.Callback("time", 1, "updated", "m")).Replace(_vendor.KeyUrl, keyUrl, StringComparison.Ordinal));

        Assert.Equal(WebhookProof.NotGenuine, await ProveAsync(body));
        Assert.Equal(0, _vendor.Requests);
    }

    [Fact]
    public async Task Prove_KeyOfTheHostWithAUserBeforeIt_IsNotAskedFor()
    {
        var body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(_vendor.Callback("time", 1, "updated", "m")).Replace("http://", "http://user@", StringComparison.Ordinal));

        Assert.Equal(WebhookProof.NotGenuine, await ProveAsync(body));
        Assert.Equal(0, _vendor.Requests);
    }

    [Theory]
    [InlineData("https://na.myconnectwise.net/k", true)]
    [InlineData("https://api-na.myconnectwise.net/k", true)]
    [InlineData("https://API-na.myconnectwise.net:443/k", true)]
    [InlineData("http://na.myconnectwise.net/k", false)]
    [InlineData("https://na.myconnectwise.net:8443/k", false)]
    [InlineData("https://eu.myconnectwise.net/k", false)]
    [InlineData("https://na.myconnectwise.net.evil.example/k", false)]
    [InlineData("https://evil.example/na.myconnectwise.net", false)]
    public void Address_OfACloudSite_IsOfTheSiteOrItsInterfaceAlone(string url, bool isAsked)
    {
        Assert.True(ConnectWiseSite.TryParse("na.myconnectwise.net", out var site));
        using var keys = new CallbackKeys(site, _services!.GetRequiredService<IHttpClientFactory>(), _clock);

        Assert.Equal(isAsked, keys.TryAddress(url, out _));
    }

    [Fact]
    public async Task Prove_TamperedInAnyPlace_IsNotGenuine()
    {
        var body = _vendor.Callback("time", 80121, "updated", "m1");
        var signature = CallbackSignatureTests.SignatureOf(body, "abc123");

        Assert.Equal(WebhookProof.Genuine, await ProveAsync(body, signature));
        for (var at = 0; at < body.Length; at++)
        {
            var other = body.ToArray();
            other[at] ^= 1;
            Assert.NotEqual(WebhookProof.Genuine, await ProveAsync(other, signature));
        }

        Assert.Equal(WebhookProof.NotGenuine, await ProveAsync(body, (signature[0] == 'A' ? "B" : "A") + signature[1..]));
        Assert.Equal(WebhookProof.NotGenuine, await ProveAsync(body, ""));
        Assert.Equal(WebhookProof.NotGenuine, await Webhooks.ProveAsync(new WebhookDelivery(body, Path, _ => null), Token));
        Assert.Equal(WebhookProof.NotGenuine, await ProveAsync("[]"u8.ToArray()));
        Assert.Equal(WebhookProof.NotGenuine, await ProveAsync("no json"u8.ToArray()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("zk3yQ0pS8vTn2LwX")]
    [InlineData("Zk3yQ0pS8vTn2LwXX")]
    public async Task Prove_AtAnotherAddress_IsNotGenuineAndAsksForNothing(string? path)
    {
        var body = _vendor.Callback("time", 1, "updated", "m");

        Assert.Equal(WebhookProof.NotGenuine, await ProveAsync(body, path: path));
        Assert.Equal(0, _vendor.Requests);
    }

    [Fact]
    public async Task Prove_OfAnotherCompanyOfTheSite_IsNotGenuine()
    {
        var body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(_vendor.Callback("time", 1, "updated", "m")).Replace("\"acmemsp\"", "\"othermsp\"", StringComparison.Ordinal));

        Assert.Equal(WebhookProof.NotGenuine, await ProveAsync(body));
    }

    [Fact]
    public async Task Prove_KeyReplaced_IsAskedForAgainButNotMoreThanOnceAMinute()
    {
        var body = _vendor.Callback("time", 1, "updated", "m");
        Assert.Equal(WebhookProof.Genuine, await ProveAsync(body));

        _vendor.SigningKey = "another";
        var signature = CallbackSignatureTests.SignatureOf(body, "another");
        Assert.Equal(WebhookProof.NotGenuine, await ProveAsync(body, signature));
        Assert.Equal(1, _vendor.Requests);

        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(WebhookProof.Genuine, await ProveAsync(body, signature));
        Assert.Equal(2, _vendor.Requests);
    }

    [Fact]
    public async Task Prove_NoKeyOrARedirect_IsNotGenuineAndKnownForMinutes()
    {
        _vendor.SigningKey = null;
        var body = _vendor.Callback("time", 1, "updated", "m");
        Assert.Equal(WebhookProof.NotGenuine, await ProveAsync(body, "x"));
        Assert.Equal(WebhookProof.NotGenuine, await ProveAsync(body, "x"));
        Assert.Equal(1, _vendor.Requests);

        // Another codebase is redirected by the vendor to where the key is.
        (_vendor.SigningKey, _vendor.Redirects) = ("abc123", true);
        var moved = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body).Replace("/v2026_1/", "/v2025_1/", StringComparison.Ordinal));
        Assert.Equal(WebhookProof.NotGenuine, await ProveAsync(moved));
        Assert.Equal(2, _vendor.Requests);
    }

    [Fact]
    public async Task Prove_VendorIsAway_IsNotNowAndThenGenuine()
    {
        _vendor.Faults = request => request == 1 ? Fault.ServerError : request == 2 ? Fault.CutOff : request == 3 ? Fault.TooMany : Fault.None;
        var body = _vendor.Callback("time", 1, "updated", "m");

        Assert.Equal(WebhookProof.NotNow, await ProveAsync(body));
        Assert.Equal(WebhookProof.NotNow, await ProveAsync(body));
        Assert.Equal(WebhookProof.NotNow, await ProveAsync(body));
        Assert.Equal(WebhookProof.Genuine, await ProveAsync(body));
    }

    [Theory]
    [InlineData("""{"MessageId":"a","Action":"updated","Type":"time","ID":80121}""", "a time updated 80121", "time updated", "time-entries/80121")]
    [InlineData("""{"messageid":"a","action":"added","type":"Time Entries","id":"80121"}""", "a Time Entries added 80121", "Time Entries added", "time-entries/80121")]
    [InlineData("""{"MessageId":"a","Action":"deleted","Type":"ticket","ID":7}""", "a ticket deleted 7", "ticket deleted", "service-tickets/7 deleted, project-tickets/7 deleted")]
    [InlineData("""{"Action":"updated","Type":"agreement","ID":7.0}""", null, "agreement updated", "agreements/7")]
    [InlineData("""{"MessageId":"a","Action":"updated","Type":"contact","ID":7}""", "a contact updated 7", "contact updated", "")]
    [InlineData("""{"MessageId":"a","Action":"updated","Type":"time","ID":-7}""", "a time updated ", "time updated", "")]
    [InlineData("""{"MessageId":"a","Action":"updated","Type":"time","ID":{"id":7}}""", "a time updated ", "time updated", "")]
    [InlineData("[]", null, "nothing told", "")]
    [InlineData("7", null, "nothing told", "")]
    [InlineData("{", null, "unreadable", "")]
    public void Read_OfABody_IsWhatToAskFor(string body, string? key, string what, string records)
    {
        var told = Webhooks.Read(Encoding.UTF8.GetBytes(body));

        Assert.Equal((key, null, what), (told.Key, told.At, told.What));
        Assert.Equal(records, WebhookTexts.Of(told));
    }

    private Task<WebhookProof> ProveAsync(byte[] body, string? signature = null, string? path = Path) => Webhooks.ProveAsync(
        new WebhookDelivery(body, path, header => header == CallbackSignatureTests.Header ? signature ?? CallbackSignatureTests.SignatureOf(body, _vendor.SigningKey ?? "none") : null), Token);
}
