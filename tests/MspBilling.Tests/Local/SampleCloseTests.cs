using System.Text;
using System.Text.Json;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Local;

/// <summary>The main job: one command closes the sample month, and a second start does nothing again.</summary>
public sealed class SampleCloseTests(AzuriteFixture azurite, ClosedSample sample) : IClassFixture<ClosedSample>
{
    // The sample holds work back on purpose.
    private const int SomethingHeld = 1;

    [Fact]
    public void FirstStart_Json_IsOneDocumentWithInvoicesThatAddUp()
    {
        Assert.True(sample.First.ExitCode == SomethingHeld, sample.First.ToString());
        var summary = sample.First.Json();
        Assert.Equal("2024-09", summary.GetProperty("period").GetString());
        var invoices = summary.GetProperty("invoices").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(2041, 12).Select(n => $"HL-{n:000000}"), invoices.Select(Number));
        Assert.All(invoices, i => Assert.Equal("confirmed", i.GetProperty("accounting").GetString()));
        Assert.All(invoices, i => Assert.Equal(Amount(i, "total"), Amount(i, "net") + Amount(i, "tax")));

        var totals = summary.GetProperty("totals").EnumerateArray().ToDictionary(t => t.GetProperty("currency").GetString()!);
        Assert.Equal(["EUR", "USD"], totals.Keys.Order());
        foreach (var (currency, total) in totals)
        {
            var own = invoices.Where(i => i.GetProperty("currency").GetString() == currency).ToList();
            Assert.Equal(own.Count, total.GetProperty("invoices").GetInt32());
            Assert.All(["net", "tax", "total"], name => Assert.Equal(own.Sum(i => Amount(i, name)), Amount(total, name)));
            Assert.True(Amount(total, "total") > 10_000);
        }

        Assert.NotEmpty(summary.GetProperty("leakage").GetProperty("held").EnumerateArray());
    }

    [Fact]
    public void FirstStart_Files_AreWhereItSays()
    {
        var summary = sample.First.Json();
        Assert.Equal(sample.Files.FullName, summary.GetProperty("folder").GetString());
        foreach (var number in summary.GetProperty("invoices").EnumerateArray().Select(Number))
        {
            var pdf = File.ReadAllBytes(Path.Combine(sample.Files.FullName, "invoices", $"{number}.pdf"));
            Assert.Equal("%PDF-", Encoding.ASCII.GetString(pdf, 0, 5));
            Assert.All(["quickbooks", "xero"], system =>
                Assert.Contains(number, File.ReadAllText(Path.Combine(sample.Files.FullName, "accounting", system, $"{number}.csv")), StringComparison.Ordinal));
        }

        Assert.Equal(3 * 12, sample.Files.EnumerateFiles("*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public async Task SecondStart_SameStorage_DoesNothingAgain()
    {
        var before = await StoredContent.ReadAsync(azurite, sample.Storage);

        var second = await sample.Program.RunAsync("--no-serve", "--json");

        Assert.Equal(SomethingHeld, second.ExitCode);
        Assert.Contains("nothing was done again", second.Error, StringComparison.Ordinal);
        Assert.Equal(WithoutTimes(sample.First.Json()), WithoutTimes(second.Json()));
        Assert.Equal(before, await StoredContent.ReadAsync(azurite, sample.Storage));
    }

    [Fact]
    public async Task SecondStart_ForPeople_ShowsTablesWhoseNumbersStayWhole()
    {
        var result = await sample.Program.RunAsync("--no-serve");

        Assert.Equal(SomethingHeld, result.ExitCode);
        Assert.Equal("", result.Error);
        foreach (var invoice in sample.First.Json().GetProperty("invoices").EnumerateArray())
        {
            var row = Assert.Single(result.Output.Split('\n'), line => line.Contains(Number(invoice), StringComparison.Ordinal));
            Assert.Contains(invoice.GetProperty("clientName").GetString()!, row, StringComparison.Ordinal);
            Assert.Contains(Amount(invoice, "total").ToString("N2", System.Globalization.CultureInfo.CurrentCulture), row, StringComparison.Ordinal);
            Assert.Contains(invoice.GetProperty("dueDate").GetString()!, row, StringComparison.Ordinal);
        }

        Assert.All(result.Output.Split('\n'), line => Assert.True(line.Length <= 160 || line.Contains(sample.Files.FullName, StringComparison.Ordinal), line));
        Assert.Contains($"Files: {sample.Files.FullName}\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecondStart_FileMissingOrOfAnotherStorage_IsWrittenAgain()
    {
        var stale = Path.Combine(sample.Files.FullName, "invoices", "HL-002041.pdf");
        var issued = await File.ReadAllBytesAsync(stale, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(stale, "%PDF- of another storage", TestContext.Current.CancellationToken);

        File.Delete(Path.Combine(sample.Files.FullName, "accounting", "xero", "HL-002041.csv"));

        await sample.Program.RunAsync("--no-serve");

        Assert.True(File.Exists(Path.Combine(sample.Files.FullName, "accounting", "xero", "HL-002041.csv")));
        Assert.Equal(issued, await File.ReadAllBytesAsync(stale, TestContext.Current.CancellationToken));
    }

    private static string Number(JsonElement invoice) => invoice.GetProperty("number").GetString()!;

    private static decimal Amount(JsonElement invoice, string name) => invoice.GetProperty(name).GetDecimal();

    private static Dictionary<string, string> WithoutTimes(JsonElement summary) => summary.EnumerateObject()
        .Where(p => p.Name != "seconds").ToDictionary(p => p.Name, p => p.Value.GetRawText());
}
