using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;
using Xunit;

namespace MspBilling.Tests.Dashboard;

/// <summary>A page in the browser that has drawn everything; whatever it complains of fails the test when it is closed.</summary>
internal sealed class BrowsedPage : IAsyncDisposable
{
    // Only for what never comes: a busy machine takes its time.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly IBrowserContext _context;
    private readonly Uri _address;

    private BrowsedPage(IBrowserContext context, IPage page, Uri address)
    {
        (_context, Page, _address) = (context, page, address);
        page.Console += (_, message) => Keep(message.Type is "error" or "warning", $"{message.Type}: {message.Text}");
        page.PageError += (_, error) => Keep(true, error);
        page.Response += (_, response) => Keep(response.Status >= 400, $"{response.Status} {response.Url}");
    }

    public IPage Page { get; }

    public static async Task<BrowsedPage> OpenAsync(IBrowser browser, Uri address, int width)
    {
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, Locale = "en-US", ReducedMotion = ReducedMotion.Reduce });
        await context.AddInitScriptAsync("addEventListener('securitypolicyviolation', e => console.error(`policy: ${e.violatedDirective} ${e.blockedURI}`))");
        var opened = new BrowsedPage(context, await context.NewPageAsync(), address);
        opened.Page.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        await opened.Page.GotoAsync(address.ToString());
        await opened.DrawnAsync();
        return opened;
    }

    /// <summary>Waits until nothing on the page is loading any more.</summary>
    public Task DrawnAsync() => UntilAsync("!!document.querySelector('#invoices tbody tr') && !document.querySelector('[aria-busy=true]') && !!document.querySelector('.chart svg')");

    /// <summary>Asks again and again from outside: the page's policy lets no script wait inside it.</summary>
    public async Task UntilAsync(string condition)
    {
        var watch = Stopwatch.StartNew();
        while (!await Page.EvaluateAsync<bool>(condition))
        {
            Assert.True(watch.Elapsed < Patience, $"{condition}\n{string.Join('\n', _complaints)}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public Task<string> TextAsync(string selector) => Page.Locator(selector).First.InnerTextAsync();

    public Task<int> CountAsync(string selector) => Page.Locator(selector).CountAsync();

    /// <summary>What the API answers to the same browser.</summary>
    public async Task<JsonElement> ApiAsync(string path)
    {
        var answer = await Page.APIRequest.GetAsync(new Uri(_address, path).ToString());
        Assert.Equal(200, answer.Status);
        return (await answer.JsonAsync())!.Value;
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Empty(_complaints);
    }

    private void Keep(bool bad, string complaint)
    {
        if (bad)
        {
            _complaints.Enqueue(complaint);
        }
    }
}
