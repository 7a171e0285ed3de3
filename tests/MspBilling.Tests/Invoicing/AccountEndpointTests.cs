using System.Net;
using System.Text;
using System.Text.Json;
using MspBilling.Core.Invoicing;
using MspBilling.Tests.Api;
using MspBilling.Tests.Invoicing.Runs;
using MspBilling.Tests.Storage;
using UglyToad.PdfPig;
using Xunit;

namespace MspBilling.Tests.Invoicing;

/// <summary>An invoice is credited, paid, given up and stated through the API.</summary>
public sealed class AccountEndpointTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Invoice_CreditedPaidReversedAndWrittenOff_IsSeenEverywhere()
    {
        await using var storage = await azurite.CreateAsync();
        await SampleRun.ImportAsync(storage, SampleRun.Month);
        await SampleRun.CloseAsync(storage);
        var invoice = (await SampleRun.ListAsync<IssuedInvoice>(storage)).OrderByDescending(each => each.Net.Amount).First();
        await using var host = await ServedHost.StartAsync(storage);
        var (credit, client) = ($"api/invoices/{invoice.Number}/credit", $"api/clients/{invoice.ClientId}");

        Assert.Contains("Say who decides", await RefusedAsync(host, credit, "{\"why\":\"x\",\"restock\":false}", 400), StringComparison.Ordinal);
        Assert.Contains("whether the work of the credited lines is billed again", await RefusedAsync(host, credit, "{\"by\":\"Ann\",\"why\":\"x\"}", 400), StringComparison.Ordinal);
        await RefusedAsync(host, credit, "{\"by\":\"Ann\",\"why\":\"x\",\"restock\":false,\"lines\":[{}]}", 400);
        await RefusedAsync(host, "api/invoices/none/credit", "{\"by\":\"Ann\",\"why\":\"x\",\"restock\":false}", 404);
        Assert.Contains("has no line 9999", await RefusedAsync(host, credit, "{\"by\":\"Ann\",\"why\":\"x\",\"restock\":false,\"lines\":[{\"line\":9999}]}", 409), StringComparison.Ordinal);

        var note = await PostAsync(host, credit, "{\"id\":\"c\",\"by\":\"Ann\",\"why\":\"goodwill\",\"restock\":false,\"lines\":[{\"line\":1,\"amount\":1}]}");
        var number = note.GetProperty("number").GetString()!;
        var whole = await GetAsync(host, $"api/credit-notes/{number}");
        Assert.Equal((1, 1m), (whole.GetProperty("lines")[0].GetProperty("line").GetInt32(), whole.GetProperty("lines")[0].GetProperty("net").GetDecimal()));
        Assert.Equal("%PDF", (await host.Http.GetStringAsync(new Uri($"api/credit-notes/{number}/pdf", UriKind.Relative), Token))[..4]);
        Assert.Single((await GetAsync(host, "api/credit-notes?period=2024-09")).GetProperty("creditNotes").EnumerateArray());

        var left = invoice.Total.Amount - note.GetProperty("total").GetDecimal();
        var payment = $"{{\"id\":\"p\",\"client\":\"{invoice.ClientId}\",\"amount\":100,\"currency\":\"{invoice.Currency}\",\"date\":\"2024-10-20\",\"by\":\"Ann\",\"invoices\":[\"{invoice.Number}\"]}}";
        await PostAsync(host, "api/payments", payment);
        await PostAsync(host, "api/payments", payment);
        Assert.Contains("given before", await RefusedAsync(host, "api/payments", payment.Replace("100", "101", StringComparison.Ordinal), 409), StringComparison.Ordinal);
        await RefusedAsync(host, "api/payments", payment.Replace("2024-10-20", "soon", StringComparison.Ordinal), 400);
        await RefusedAsync(host, "api/payments", payment.Replace(invoice.ClientId, "cw-0", StringComparison.Ordinal), 404);
        Assert.Equal((left - 100, "part-paid"), await InvoiceAsync(host, invoice.Number));

        await PostAsync(host, $"{client}/account/reverse", "{\"of\":\"p\",\"by\":\"Ann\",\"why\":\"returned\"}");
        Assert.Equal((left, "part-paid"), await InvoiceAsync(host, invoice.Number));
        Assert.Contains("nothing in credit", await RefusedAsync(host, $"{client}/account/use-credit", $"{{\"currency\":\"{invoice.Currency}\",\"by\":\"Ann\",\"why\":\"x\"}}", 409), StringComparison.Ordinal);
        await PostAsync(host, $"api/invoices/{invoice.Number}/write-off", "{\"by\":\"Ann\",\"why\":\"insolvent\"}");
        Assert.Equal((0m, "written-off"), await InvoiceAsync(host, invoice.Number));

        var account = await GetAsync(host, $"{client}/account");
        Assert.Equal(["credit-note", "payment", "reversal", "write-off"], account.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("kind").GetString()));
        var statement = await GetAsync(host, $"{client}/statement?from=2024-09-01&to=2099-12-31");
        Assert.Equal(0, statement.GetProperty("accounts").EnumerateArray().Single(each => each.GetProperty("lines")[0].GetProperty("entry").GetProperty("reference").GetString() == invoice.Number).GetProperty("closing").GetDecimal());
        using var pdf = PdfDocument.Open(await host.Http.GetByteArrayAsync(new Uri($"{client}/statement.pdf?from=2024-09-01&to=2099-12-31", UriKind.Relative), Token));
        Assert.Contains(number, pdf.GetPage(1).Text, StringComparison.Ordinal);
        Assert.Contains($"Credit note,{number}", await host.Http.GetStringAsync(new Uri($"{client}/statement.csv?from=2024-09-01&to=2099-12-31", UriKind.Relative), Token), StringComparison.Ordinal);
    }

    private static async Task<(decimal Balance, string State)> InvoiceAsync(ServedHost host, string number)
    {
        var invoice = await GetAsync(host, $"api/invoices/{number}");
        return (invoice.GetProperty("balance").GetDecimal(), invoice.GetProperty("state").GetString()!);
    }

    private static async Task<JsonElement> GetAsync(ServedHost host, string address) =>
        JsonDocument.Parse(await host.Http.GetStringAsync(new Uri(address, UriKind.Relative), Token)).RootElement;

    private static async Task<JsonElement> PostAsync(ServedHost host, string address, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await host.Http.PostAsync(new Uri(address, UriKind.Relative), content, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, $"{address}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task<string> RefusedAsync(ServedHost host, string address, string body, int status)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await host.Http.PostAsync(new Uri(address, UriKind.Relative), content, Token);
        Assert.Equal(status, (int)answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Token);
    }
}
