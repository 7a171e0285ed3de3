using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Xunit;

namespace MspBilling.Tests.Sample;

public sealed partial class SampleCloudTests
{
    private const string Generated = "focus-azure-2024-09.csv";
    private const string Real = "focus_sample.csv";

    private static readonly string[] WithAzure = ["ZOLWLOG", "ATHENA", "ALSTER", "ISARTON", "BARTON", "ATLAS"];
    private static readonly string[] InDollars = ["ATLAS", "LONESTAR", "BARTON", "PECAN"];

    private static readonly List<Dictionary<string, string>> GeneratedRows = Rows(Generated);
    private static readonly List<Dictionary<string, string>> RealRows = Rows(Real);

    [Fact]
    public void RealExport_AmongTheFiles_IsUnchanged() => Assert.Equal(
        "E91E5AC7EDF01ED2C9D926F37EF7DC1AE2AAE97956FEA8DA6C9EE488B1C2839E", Convert.ToHexString(SHA256.HashData(SampleReading.Bytes(Real))));

    [Fact]
    public void Header_OfGeneratedExport_IsTheRealOnes() => Assert.Equal(SampleReading.Lines(Real)[0], SampleReading.Lines(Generated)[0]);

    [Fact]
    public void Rows_OfGeneratedExport_HaveEveryColumnAndOwnId()
    {
        Assert.InRange(GeneratedRows.Count, 2_300, 2_700);
        Assert.All(GeneratedRows, row => Assert.Equal(44, row.Count));
        Assert.Equal(GeneratedRows.Count, GeneratedRows.Select(row => row["Id"]).Distinct().Count());
    }

    [Theory]
    [InlineData("ZOLWLOG", "EUR")]
    [InlineData("ATHENA", "EUR")]
    [InlineData("ALSTER", "EUR")]
    [InlineData("ISARTON", "EUR")]
    [InlineData("BARTON", "USD")]
    [InlineData("ATLAS", "USD")]
    public void Client_WithAzure_UsesAFewHundredToAFewThousandInOneCurrency(string client, string currency)
    {
        var accounts = AccountsOf(client);
        var rows = GeneratedRows.Where(row => accounts.Contains(row["SubAccountId"])).ToList();

        Assert.All(rows, row => Assert.Equal(currency, row["BillingCurrency"]));
        Assert.InRange(rows.Sum(Cost), 200m, 4_000m);
    }

    [Fact]
    public void Rows_OfGeneratedExport_HoldCreditsAndFreeUsageAndAStranger()
    {
        var mapped = WithAzure.SelectMany(AccountsOf).ToHashSet();

        Assert.Equal([-42.5m, -18.2m, -75m], GeneratedRows.Where(row => row["ChargeCategory"] == "Credit").Select(Cost));
        Assert.Contains(GeneratedRows, row => row["ChargeDescription"].Contains("Data Transfer In", StringComparison.Ordinal) && Cost(row) == 0);
        Assert.Equal(["Pay-As-You-Go"], GeneratedRows.Where(row => !mapped.Contains(row["SubAccountId"])).Select(row => row["SubAccountName"]).Distinct());
    }

    [Fact]
    public void Accounts_OfRealExport_AreMappedToDollarClientsAndSomeToNobody()
    {
        var mapped = InDollars.SelectMany(AccountsOf).ToHashSet();
        var used = RealRows.Select(row => row["SubAccountId"]).ToHashSet();

        Assert.Equal(32, used.Intersect(mapped).Count());
        Assert.InRange(used.Except(mapped).Count(), 30, 50);
    }

    private static HashSet<string> AccountsOf(string client) => [.. SampleReading.Json("msp-settings.json").GetProperty("cloudAccounts").EnumerateArray()
        .Where(account => account.Text("client") == client).Select(account => account.Text("subAccountId"))];

    private static decimal Cost(Dictionary<string, string> row) => decimal.Parse(row["BilledCost"], CultureInfo.InvariantCulture);

    private static List<Dictionary<string, string>> Rows(string name)
    {
        var lines = SampleReading.Lines(name);
        var columns = Cells(lines[0]).ToList();
        return [.. lines.Skip(1).Select(line => columns.Zip(Cells(line)).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    private static IEnumerable<string> Cells(string line) => Cell().Matches(line).Select(cell => cell.Groups["quoted"].Success
        ? cell.Groups["quoted"].Value.Replace("\"\"", "\"", StringComparison.Ordinal)
        : cell.Groups["bare"].Value);

    [GeneratedRegex("(?:^|,)(?:\"(?<quoted>(?:[^\"]|\"\")*)\"|(?<bare>[^,\"]*))")]
    private static partial Regex Cell();
}
