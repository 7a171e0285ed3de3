using MspBilling.Tests.Local;
using Xunit;

namespace MspBilling.Tests.Rating;

/// <summary><c>preview FILE</c>: no storage is started, and what is wrong with a file is said line by line.</summary>
public sealed class PreviewCommandTests
{
    private const string Expense = """
        {"period":"2024-09","client":{"name":"Corrib Foods","currency":"EUR"},"tax":{"rates":[{"name":"VAT","percent":23}]},
        "agreements":[{"name":"Gold","versions":[{"from":"2024-01-01","lines":[{"kind":"expenses","id":"expenses","service":"Expenses","markupPercent":10}]}]}],
        "activities":[{"kind":"expense","day":"2024-09-10","description":"Cable","unitCost":50},{"kind":"expense","day":"2024-09-11","description":"Gift","unitPrice":20,"option":"doNotBill"}]}
        """;

    // 50.00 and 10 % of it is 55.00; 23 % of that is 12.65.
    [Fact]
    public async Task Preview_CaseAsJson_IsOneDocumentWithEverything()
    {
        using var program = new LocalProgram();
        var file = Path.Combine(program.Folder.FullName, "case.json");
        await File.WriteAllTextAsync(file, Expense, TestContext.Current.CancellationToken);

        var result = await program.RunAsync("preview", file, "--json");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var bill = Assert.Single(result.Json().GetProperty("bills").EnumerateArray());
        var invoice = Assert.Single(bill.GetProperty("invoices").EnumerateArray());
        Assert.Equal((55m, 12.65m, 67.65m), (invoice.GetProperty("net").GetDecimal(), invoice.GetProperty("tax").GetDecimal(), invoice.GetProperty("total").GetDecimal()));
        var line = Assert.Single(invoice.GetProperty("lines").EnumerateArray());
        Assert.NotEmpty(line.GetProperty("explanation").GetString()!);
        Assert.NotEmpty(line.GetProperty("figures").EnumerateArray());
        Assert.Equal(
            [("activities[0]", "billed", null), ("activities[1]", "nonBillable", "do-not-bill")],
            bill.GetProperty("activities").EnumerateArray().Select(a => (a.GetProperty("id").GetString(), a.GetProperty("disposition").GetString(), a.GetProperty("reason").GetString())));
        Assert.Equal(0, bill.GetProperty("carried").GetProperty("balances").GetArrayLength());
        Assert.Equal(["case.json"], program.Folder.EnumerateFileSystemInfos().Select(entry => entry.Name));
    }

    [Fact]
    public async Task Preview_WrongCase_SaysEachProblemAndNothingElse()
    {
        using var program = new LocalProgram();
        var file = Path.Combine(program.Folder.FullName, "case.json");
        await File.WriteAllTextAsync(file, """{"period":"soon","client":{"name":"A","currency":"Euro"}}""", TestContext.Current.CancellationToken);

        var result = await program.RunAsync("preview", file);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Equal(
            """
            case.json was refused; nothing was computed.
              case.json, line 1, column 11: period is 'soon', expected a month like 2024-09, or from and to
              case.json, line 1, column 50: client.currency is 'Euro', expected an ISO 4217 currency code such as EUR

            """,
            result.Error);
    }

    [Theory]
    [InlineData("preview", "Give a case FILE, or --period for a stored month.")]
    [InlineData("preview case.json --period 2024-09", "A case file has its own period: give either FILE or --period.")]
    [InlineData("preview case.json --client Atlas", "--to, --client and --with are for stored months: give --period instead of FILE.")]
    [InlineData("preview --period 2024-09 --to 2024-10", "--to compares several months, and needs --with.")]
    [InlineData("preview --period 2024-09 --to soon --with terms.json", "--to: 'soon' is not a month; write it as 2024-09.")]
    [InlineData("preview missing.json", "missing.json does not exist.")]
    public async Task Preview_UsedWrongly_IsBadInputInOneSentence(string arguments, string sentence)
    {
        using var program = new LocalProgram();

        var result = await program.RunAsync([.. arguments.Split(' '), "--json"]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Equal(sentence, result.Error.Split('\n')[0]);
    }

    [Fact]
    public async Task Preview_StandardInput_IsReadAsACase()
    {
        using var program = new LocalProgram();

        var result = await program.RunAsync("preview", "-");

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("standard input was refused; nothing was computed.\n  standard input: expected JSON, but the file is empty\n", result.Error);
    }
}
