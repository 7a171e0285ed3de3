using MspBilling.Local.Sample;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Local;

/// <summary>Each command on the closed sample, for people and as JSON.</summary>
public sealed class CommandTests(AzuriteFixture azurite, ClosedSample sample) : IClassFixture<ClosedSample>
{
    [Theory]
    [InlineData("report revenue --period 2024-09", 0, "Revenue of 2024-09", "byClientAndService")]
    [InlineData("report receivables --period 2024-09", 0, "Receivables on 2024-10-01", "buckets")]
    [InlineData("report leakage --period 2024-09", 0, "Captured work:", "byDisposition")]
    [InlineData("report revenue --period 2023-01", 0, "Nothing was invoiced in 2023-01.", "byClientAndService")]
    [InlineData("report leakage --period 2023-01", 0, "Nothing was captured for 2023-01", "byDisposition")]
    [InlineData("report leakage --period 2024-09", 0, "What looks like a leak", "findings")]
    [InlineData("holds list --period 2024-09", 0, "unapproved-time", "holds")]
    [InlineData("holds list --reason none", 0, "Nothing is held in 2024-09.", "holds")]
    [InlineData("holds history", 0, "Nothing was decided.", "decisions")]
    [InlineData("preview --period 2024-10", 1, "Total with tax", "bills")]
    [InlineData("preview --period 2024-10 --client Alster", 1, "Alsterblick", "bills")]
    [InlineData("verify", 0, "12 invoices and 14 bills computed again from 14 imported files: no difference.", "differences")]
    [InlineData("sync --period 2024-09", 0, "12 of 12 invoices of 2024-09 are with accounting.", null)]
    [InlineData("detail HL-002041", 0, "HL-002041, ", "lines")]
    [InlineData("close --period 2024-09", 1, "Invoices of 2024-09", "invoices")]
    public async Task Command_ForPeopleAndAsJson_SaysTheSame(string arguments, int exitCode, string words, string? property)
    {
        var people = await sample.Program.RunAsync(arguments.Split(' '));
        var json = await sample.Program.RunAsync([.. arguments.Split(' '), "--json"]);

        Assert.True(people.ExitCode == exitCode, people.ToString());
        Assert.Contains(words, people.Output, StringComparison.Ordinal);
        Assert.Equal("", people.Error);
        Assert.True(json.ExitCode == exitCode, json.ToString());
        var document = json.Json();
        Assert.True(property is null || document.TryGetProperty(property, out _), json.Output);
    }

    [Fact]
    public async Task Preview_UnknownClient_IsBadInput()
    {
        var result = await sample.Program.RunAsync("preview", "--period", "2024-10", "--client", "Nobody", "--json");

        Assert.Equal((2, "", "No client has the id Nobody or a name with it.\n"), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public async Task Detail_ToAFile_IsTheTableOfTheApi()
    {
        var file = Path.Combine(sample.Program.Folder.FullName, "detail.csv");

        var result = await sample.Program.RunAsync("detail", "HL-002041", "--csv", file);

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.StartsWith("\uFEFFInvoice,Client,Currency,Line,", System.Text.Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        var unknown = await sample.Program.RunAsync("detail", "HL-999999");
        Assert.Equal((2, "No invoice has the number HL-999999."), (unknown.ExitCode, unknown.Error.Split(" '")[0]));
    }

    [Fact]
    public async Task EInvoice_ToAFile_IsTheXmlOfTheForm()
    {
        var file = Path.Combine(sample.Program.Folder.FullName, "invoice.xml");

        var ubl = await sample.Program.RunAsync("e-invoice", "HL-002041", "--out", file);
        Assert.True(ubl.ExitCode == 0, ubl.ToString());
        Assert.Contains("<cbc:ID>HL-002041</cbc:ID>", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var cii = await sample.Program.RunAsync("e-invoice", "HL-002041", "--syntax", "cii", "--out", file, "--json");
        Assert.True(cii.ExitCode == 0, cii.ToString());
        Assert.Contains("<ram:ID>HL-002041</ram:ID>", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(0, cii.Json().GetProperty("problems").GetArrayLength());

        var unknown = await sample.Program.RunAsync("e-invoice", "HL-999999");
        Assert.Equal((2, "No invoice or credit note has the number HL-999999."), (unknown.ExitCode, unknown.Error.Split(" '")[0]));
    }

    [Theory]
    [InlineData("release --by Ann --why seen", 2, "Name either ids or --reason, and not both.")]
    [InlineData("write-off connectwise/Time/999999999 --by Ann --why seen", 1, "connectwise/Time/999999999: Nothing of it is held in that period. Look at the list of holds again.\nNothing was changed.")]
    [InlineData("history nonsense", 2, "'nonsense' is no id of an activity; take it from 'holds list'.")]
    public async Task Holds_ThatCannotBeDecided_SayWhy(string arguments, int exitCode, string problem)
    {
        var result = await sample.Program.RunAsync(["holds", .. arguments.Split(' ')]);

        Assert.Equal((exitCode, problem + "\n"), (result.ExitCode, result.Error));
    }

    [Theory]
    [InlineData("close --period 2024-09")]
    [InlineData("preview --period 2024-09")]
    public async Task Command_BeforeAnyImport_SaysWhatIsMissing(string arguments)
    {
        await using var storage = await azurite.CreateAsync();
        using var program = LocalProgram.On(azurite, storage);

        var result = await program.RunAsync([.. arguments.Split(' '), "--json"]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("the MSP's settings are missing", Assert.Single(result.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_FolderThenAgain_AddsOnceAndLeavesTheSampleOut()
    {
        await using var storage = await azurite.CreateAsync();
        using var program = LocalProgram.On(azurite, storage);
        await File.WriteAllBytesAsync(
            Path.Combine(program.Folder.FullName, "msp-settings.json"), SampleMonth.Generate().Single(f => f.Name == "msp-settings.json").Content.Append((byte)'\n').ToArray(),
            TestContext.Current.CancellationToken);

        var first = await program.RunAsync("import", program.Folder.FullName, "--json");
        var again = await program.RunAsync("import", program.Folder.FullName);
        var own = await program.RunAsync("--no-serve", "--json");

        Assert.Equal(0, first.ExitCode);
        Assert.Equal("imported", Assert.Single(first.Json().EnumerateArray()).GetProperty("state").GetString());
        Assert.Equal((0, "imported before, nothing to do"), (again.ExitCode, again.Output.TrimEnd('\n').Split(": ")[1]));
        Assert.Equal(0, own.ExitCode);
        Assert.Equal("{\"period\":null}", own.Output.TrimEnd('\n'));
    }

    // One that was declared wrongly is imported again as it is: the same bytes are two imports then.
    [Fact]
    public async Task Start_AfterAFileThatWasImportedInTwoWays_ServesTheOwnData()
    {
        await using var storage = await azurite.CreateAsync();
        using var program = LocalProgram.On(azurite, storage);
        await File.WriteAllTextAsync(Path.Combine(program.Folder.FullName, "counts.csv"), "client,product,date,quantity\nCORRIB,SEAT,2024-09-18,12\n", TestContext.Current.CancellationToken);
        Assert.Equal(0, (await program.RunAsync("import", "counts.csv")).ExitCode);
        Assert.Equal(0, (await program.RunAsync("import", "counts.csv", "--source", "rmm")).ExitCode);

        var own = await program.RunAsync("--no-serve", "--json");

        Assert.True(own.ExitCode == 0, own.ToString());
        Assert.Equal("{\"period\":null}", own.Output.TrimEnd('\n'));
    }
}
