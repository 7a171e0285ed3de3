using System.Text;
using Microsoft.Playwright;
using MspBilling.App.Capture;
using MspBilling.App.Invoicing;
using MspBilling.Core.Time;
using MspBilling.Local.Sample;
using MspBilling.Tests.Api;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Dashboard;

/// <summary>The closed sample month on a host of its own, and a browser; one client has a name that a careless page would run.</summary>
public sealed class ServedSample(AzuriteFixture azurite) : IAsyncLifetime
{
    public const string HostileName = "<script>window.owned=1</script><img src=x onerror=window.owned=1> Ωμέγα & Жук";

    private TestStorage? _storage;
    private ServedHost? _host;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public Uri Address => _host!.Address;

    /// <summary>Where Chromium is, or null.</summary>
    private static string? ChromiumPath { get; } =
        new[] { Environment.GetEnvironmentVariable("CHROMIUM_PATH"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    public async ValueTask InitializeAsync()
    {
        if (ChromiumPath is null)
        {
            return;
        }

        _storage = await azurite.CreateAsync();
        foreach (var file in SampleMonth.Generate())
        {
            using var content = new MemoryStream(WithHostileName(file));
            await _storage.Get<ImportJob>().RunAsync(file.Name, null, content, TestContext.Current.CancellationToken);
        }

        await _storage.Get<BillingRunner>().Start(Period.Month(2024, 9)).Task;
        _host = await ServedHost.StartAsync(_storage);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = ChromiumPath, Args = ["--no-sandbox"], Timeout = 120_000 });
    }

    /// <summary>A fresh page on the dashboard; skips the test where no browser is and nobody promised one.</summary>
    internal async Task<BrowsedPage> OpenAsync(int width = 1280, string query = "")
    {
        if (ChromiumPath is null)
        {
            Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") is null, "No Chromium: install it, or say with CHROMIUM_PATH where it is.");
            Assert.Fail("No Chromium, and CI promises one: install it, or say with CHROMIUM_PATH where it is.");
        }

        return await BrowsedPage.OpenAsync(_browser!, new Uri(Address, query), width);
    }

    public async ValueTask DisposeAsync()
    {
        if (_storage is null)
        {
            return;
        }

        await _browser!.DisposeAsync();
        _playwright!.Dispose();
        await _host!.DisposeAsync();
        await _storage.DisposeAsync();
    }

    private static byte[] WithHostileName(SampleFile file) => file.Name != "company-companies.json"
        ? file.Content
        : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(file.Content).Replace("Corrib Seafoods Ltd", HostileName, StringComparison.Ordinal));
}
