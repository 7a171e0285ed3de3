using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MspBilling.Adapters.Rating;
using MspBilling.App.Api;
using MspBilling.App.Rating;
using MspBilling.Core.Rating;
using MspBilling.Local.Output;
using MspBilling.Tests.Agreements;
using MspBilling.Tests.Conventions;
using MspBilling.Tests.Rating;
using Xunit;

namespace MspBilling.Tests.Months;

/// <summary>Whole months of clients as an MSP has them, from the case file to the printed bill beside it.</summary>
public sealed partial class MonthTests
{
    private const string Folder = "tests/MspBilling.Tests/Months";

    public static TheoryData<string> Months => [.. Directory.GetFiles(Path.Combine(Source.Root.FullName, Folder), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Months))]
    public void Preview_Month_IsTheBillBesideItToTheByte(string month) => Assert.Equal(Text(month), BillText.Of(CasePreview.Price(Case(month))));

    [Theory]
    // Fee 2,400.00 x 19/30 = 1,520.00. Seats (40 x 6.50 x 11 + 42 x 6.50 x 8)/30 = 5,044.00/30 = 168.13. Licences 40 x 26.40 x 19/30 = 668.80, 26.40 x 17/30 = 14.96,
    // 5 x 3.10 x 9/30 = 4.65, less 5 %: 33.44 + 0.75 + 0.23 = 34.42. Devices 2 x 49.50 x 19/30 = 62.70 and 18 x 12.00 x 19/30 = 136.80.
    // 1,520.00 + 168.13 + 668.80 + 14.96 + 4.65 + 62.70 + 136.80 - 34.42 = 2,541.62; x 23 % = 584.5726.
    [InlineData("01-managed-services", "2,541.62 + 584.57 = 3,126.19 EUR")]
    // Engineer: (0.50 + 2.50) x 90.00 = 270.00; after hours on Friday 2.00 x 135.00 = 270.00; weekend (1.25 + 1.00) x 180.00 = 405.00; holiday 2.00 x 225.00 = 450.00.
    // Senior: 0.50 x 130.00 = 65.00; 1.00 x 195.00 = 195.00; 23:00 to 03:00 over the hour that comes twice is 5.00 x 260.00 = 1,300.00. Two trips 120.00.
    // Part 64.99 x 1.20 = 77.988 = 77.99. Together 3,152.99; x 23 % = 725.1877.
    [InlineData("02-break-fix", "3,152.99 + 725.19 = 3,878.18 EUR")]
    // 14.50 h to draw from: 2.00 h; 2.00 h that take 3.00; 4.25 h; 4.50 h; then 0.75 are left and cover 0.50 h of 2.00 emergency. Beyond: (1.50 + 1.00) x 85.00 = 212.50.
    // Nothing left is below 2.00: 400.00. Training is within its 3.00 h. 750.00 + 212.50 + 400.00 = 1,362.50; x 20 % = 272.50.
    [InlineData("03-retainer-of-hours", "1,362.50 + 272.50 = 1,635.00 GBP")]
    // 16.50 h x 100.00 = 1,650.00. Above the caps: 380 + 200 - 500 = 80.00; 3,500 + 700 - 4,000 = 200.00; 600 - 500 = 100.00. Left by entry: 120, 400, 100, 150, 500.
    // The old block pays 120 + 400, and 20 of its 540 end on the 10th; the new one pays 100 + 150 + 350 = 600, and 150 are to pay.
    // 1,650.00 - 380.00 - 1,120.00 + 550.00 for the block = 700.00; x 21 % = 147.00.
    [InlineData("04-block-and-caps", "700.00 + 147.00 = 847.00 EUR")]
    // Machines 400 x 0.92 + 300 x 0.90 = 638.00, x 1.15 = 733.70, + tax 40 x 0.90 = 36.00: 769.70. Storage (55.55 - 20 x 0.90) x 1.15 = 43.1825 = 43.18.
    // Refund -50.00 x 1.15 = -57.50. Together 755.38; minimum 900.00: 144.62 more. Amazon 120.45 + 12.05 = 132.50. Google 8 % of 1,234.56 = 98.7648 = 98.76.
    // Vault 100 x 1.20 + 50 x 1.10 = 175.00. 900.00 + 132.50 + 98.76 + 175.00 = 1,306.26; x 19 % = 248.1894.
    [InlineData("05-cloud", "1,306.26 + 248.19 = 1,554.45 EUR")]
    // Messages 1,000 x 0.05 + 4,000 x 0.04 + 500 x 0.03 = 225.00. Minutes 12,000.5 x 0.015 = 180.0075 = 180.01. Archive 210.01: 3 x 9.00 = 27.00.
    // API 1,600,000 x 0.0004 = 640.00, at most 500.00. Users ana, bo, cy: 36.00. Fax 15.00. Seats 44 x 4.50 = 198.00.
    // Mailboxes (100 x 10 + 110 x 16 + 90 x 5)/31 = 3,210/31, x 3.10 = 321.00. Together 1,502.01; x 10 % = 150.201.
    [InlineData("06-usage", "1,502.01 + 150.20 = 1,652.21 AUD")]
    // Network: 33.33 % of 24,999.99 = 8,332.496667 = 8,332.50, of which 1,667.50 from the deposit; last 24,999.99 - 2 x 8,332.50 = 8,334.99: 14,999.99 to pay.
    // Phones: deposit 2,000.00 + 4,000.00 - 2,000.00 + 3,000.00 - 1,000.00 above 6,000.00 = 6,000.00. Migration 3 x 150.00 + 4 x 190.00 = 1,210.00, at most 1,100.00.
    // 14,999.99 + 6,000.00 + 1,100.00 = 22,099.99; x 8.1 % = 1,790.09919.
    [InlineData("07-projects", "22,099.99 + 1,790.10 = 23,890.09 CHF")]
    // Fee (1,000.00 x 15 + 1,040.00 x 16)/31 = 1,020.65. From 31 July to 31 October: firewall 309.00; phones (270.00 x 46 + 324.00 x 46)/92 = 297.00.
    // The year to 31 July, of 366 days: (480.00 x 184 + 720.00 x 182)/366 = 599.34. Seats 25 x 6.20 x 10/31 after the trial = 50.00. Tapes 90.00 whole.
    // Mailboxes of the quarter to 31 July, at most 36 x 9.00 = 324.00; the count of the 31st is of the next.
    // 1,020.65 + 309.00 + 297.00 + 599.34 + 50.00 + 90.00 + 324.00 = 2,689.99; x 19 % = 511.0981.
    [InlineData("08-cycles", "2,689.99 + 511.10 = 3,201.09 EUR")]
    // Engineer (2.00 + 1.00) x 100.00 = 300.00; cabling 1.50 x 60.00 = 90.00, on Friday evening 2.00 x 75.00 = 150.00; Friday evening 2.00 x 125.00 = 250.00;
    // Nora 150.00; printers 150.00, at most 100.00. Workstations 7 x 10.00 = 70.00. Traffic 200 x 0.05 + 100 x 0.10 = 20.00. Together 1,130.00; x 23 % = 259.90.
    [InlineData("09-custom-rules", "1,130.00 + 259.90 = 1,389.90 EUR")]
    // Fee 98,500 x 21/30 = 68,950. Seats 17 x 1,980 x 21/30 = 23,562. Time 1.25 x 8,750 = 10,937.5 = 10,938; 0.75 x 10,937.5 = 8,203.125 = 8,203; 11,812.5 = 11,813.
    // Cloud 123.45 x 146.5 x 1.12 = 20,255.676 = 20,256. Together 143,722; 3 % = 4,311.66 = 4,312. 139,410; x 10 % = 13,941.
    [InlineData("10-japan", "139,410 + 13,941 = 153,351 JPY")]
    // Fee 900.00 x 15/30 = 450.00 and 1,200.00 x 15/30 = 600.00. Seats 80.00 x 15/30 twice = 80.00. Devices 4 x 20.00 x 15/30 = 40.00 and 5 x 25.00 x 15/30 = 62.50.
    // Time 2 x 90.00 + 2 x 100.00 = 380.00. Backup 80 x 0.20 = 16.00, then 20 x 0.20 + 30 x 0.10 = 7.00. Together 1,635.50; x 23 % = 376.165.
    // In dollars 500.00 + 3 x 110.00 + 123.45 = 953.45; x 23 % = 219.2935.
    [InlineData("11-amended-and-in-dollars", "1,635.50 + 376.17 = 2,011.67 EUR", "953.45 + 219.29 = 1,172.74 USD")]
    // 300.00 + 80.00; x 20 % = 76.00.
    [InlineData("12-mistakes", "380.00 + 76.00 = 456.00 EUR")]
    public void Bill_OfAMonth_ComesToTheSumReckonedByHand(string month, params string[] expected) => Assert.Equal(
        expected,
        Sums().Matches(Text(month)).Select(sums => $"{sums.Groups["net"]} + {sums.Groups["tax"]} = {sums.Groups["total"]} {sums.Groups["currency"]}"));

    [Theory]
    [MemberData(nameof(Months))]
    public void Case_OfAMonth_FitsThePublishedSchema(string month)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(PathOf(month, ".json")));

        Assert.True(new SchemaCheck(CaseSchemaTests.Schema).Allows(json.RootElement));
    }

    [Theory]
    [MemberData(nameof(Months))]
    public void Carried_OfAMonth_IsTakenInByTheNextAsItWasGiven(string month)
    {
        var left = JsonSerializer.Serialize(CasePreview.Price(Case(month)).Carried, ApiJson.Options);
        var next = JsonNode.Parse(File.ReadAllText(PathOf(month, ".json")))!;
        next["carried"] = JsonNode.Parse(left);

        Assert.Equal(left, JsonSerializer.Serialize(PreviewedState.Of(CaseFiles.Case(next.ToJsonString()).Carried), ApiJson.Options));
    }

    [Theory]
    [MemberData(nameof(Months))]
    public void Case_OfAMonth_EndsWithEveryActivityAccountedFor(string month)
    {
        var @case = Case(month);
        var bill = CasePreview.Price(@case);

        Assert.Equal(
            @case.Activities.Select(activity => activity.Id.ExternalId).Order(StringComparer.Ordinal),
            bill.Activities!.Select(activity => activity.Id).Concat(bill.Outside.Select(activity => activity.Id)).Distinct().Order(StringComparer.Ordinal));
        Assert.All(bill.Activities!.Where(activity => activity.Disposition != DispositionKind.Billed), activity => Assert.False(string.IsNullOrWhiteSpace(activity.Because)));
    }

    private static BillingCase Case(string month) => CaseFiles.Case(File.ReadAllText(PathOf(month, ".json")));

    private static string Text(string month) => File.ReadAllText(PathOf(month, ".txt"));

    private static string PathOf(string month, string ending) => Path.Combine(Source.Root.FullName, Folder, month + ending);

    [GeneratedRegex(@"^Net +(?<net>[\d,.]+)\n[^\n]+? +(?<tax>[\d,.]+)\nTotal with tax, (?<currency>[A-Z]{3}) +(?<total>[\d,.]+)$", RegexOptions.Multiline)]
    private static partial Regex Sums();
}
