using MspBilling.App.Rating;
using MspBilling.Tests.Local;
using Xunit;

namespace MspBilling.Tests.Rating;

/// <summary>The worked examples of the case format, through the command, and against the sums that were reckoned by hand in their README.</summary>
public sealed class PreviewExampleTests
{
    [Theory]
    [InlineData("help-desk", 1)] // an entry waits for its approval
    [InlineData("seats", 0)]
    [InlineData("cloud-and-project", 0)]
    public async Task Preview_Example_IsTheBillBesideIt(string example, int exitCode)
    {
        using var program = new LocalProgram();

        var result = await program.RunAsync("preview", CaseFiles.PathOf(example, ".json"));

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Equal("", result.Error);
        Assert.Equal(await File.ReadAllTextAsync(CaseFiles.PathOf(example, ".txt"), TestContext.Current.CancellationToken), result.Output);
        Assert.Empty(program.Folder.EnumerateFileSystemInfos());
    }

    // help-desk: 600.00 + 120.00 + 47.50 + 71.25 + 285.00 = 1,123.75, and 23 % of it is 258.46.
    // seats: 540.80 + 275.00 + 135.00 + 198.00 = 1,148.80, less 33.30, and 20 % of 1,115.50 is 223.10.
    // cloud-and-project: 95.05 + 230.00 + 138.12 + 131.88 + 2,666.40 + 2,666.40 = 5,927.85, and no tax.
    [Theory]
    [InlineData("help-desk", "1123.75", "0.00", "258.46", "1382.21")]
    [InlineData("seats", "1148.80", "33.30", "223.10", "1338.60")]
    [InlineData("cloud-and-project", "5927.85", "0.00", "0.00", "5927.85")]
    public void Price_Example_ComesToTheSumReckonedByHand(string example, string gross, string discount, string tax, string total)
    {
        var bill = CasePreview.Price(CaseFiles.Case(File.ReadAllText(CaseFiles.PathOf(example, ".json"))));

        var invoice = Assert.Single(bill.Invoices);
        Assert.Equal(
            [gross, discount, tax, total],
            new[] { invoice.Gross, invoice.Discount, invoice.Tax, invoice.Total }.Select(money => money.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }
}
