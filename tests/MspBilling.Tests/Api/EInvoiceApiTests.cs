using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using MspBilling.Tests.Documents.EInvoice;
using Xunit;

namespace MspBilling.Tests.Api;

/// <summary>Electronic invoices of the sample month: those to Ireland and Germany can be made, those that bear US sales taxes cannot.</summary>
public sealed class EInvoiceApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Xml_OfEveryInvoice_KeepsTheRulesOrSaysWhatItCannotSay()
    {
        var (made, refused) = (0, 0);
        foreach (var invoice in (await api.JsonAsync("api/invoices")).GetProperty("invoices").EnumerateArray())
        {
            var (number, total) = (invoice.GetProperty("number").GetString()!, invoice.GetProperty("total").GetDecimal());
            using var answer = await api.Http.GetAsync(new Uri($"api/invoices/{number}/xml", UriKind.Relative), Token);
            if (invoice.GetProperty("currency").GetString() == "USD")
            {
                Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
                var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement;
                Assert.Contains("bears 2 taxes", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
                Assert.Equal("BT-152", Assert.Single(problem.GetProperty("problems").EnumerateArray()).GetProperty("term").GetString());
                refused++;
                continue;
            }

            Assert.Equal((HttpStatusCode.OK, "application/xml"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            var read = UblReading.Read(XDocument.Parse(await answer.Content.ReadAsStringAsync(Token)));
            Assert.Empty(CoreRules.All.Concat(VatRules.All).Concat(CodeLists.Rules).Where(rule => !rule.Holds(read)).Select(rule => rule.Id));
            Assert.Equal((number, (decimal?)total), (read.Number!, ReadInvoice.AsNumber(read.Totals.Due)));

            var cii = CiiReading.Read(XDocument.Parse(await api.Http.GetStringAsync(new Uri($"api/invoices/{number}/xml?syntax=cii", UriKind.Relative), Token)));
            Assert.Equal(JsonSerializer.Serialize(read), JsonSerializer.Serialize(cii));
            made++;
        }

        Assert.Equal((8, 4), (made, refused));
    }
}
