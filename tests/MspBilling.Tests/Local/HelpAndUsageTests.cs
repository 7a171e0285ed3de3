using Xunit;

namespace MspBilling.Tests.Local;

/// <summary>What the program says about itself, and to who uses it wrongly.</summary>
public sealed class HelpAndUsageTests
{
    private const int BadInput = 2;

    [Theory]
    [InlineData("", "--port --no-serve import close preview sync report verify sample")]
    [InlineData("import", "<files> --as connectwise/time-entries focus")]
    [InlineData("close", "--period --due --on --client --now")]
    [InlineData("preview", "--period --client")]
    [InlineData("sync", "--period")]
    [InlineData("write-back", "--period --source")]
    [InlineData("report", "revenue receivables leakage")]
    [InlineData("report revenue", "--period")]
    [InlineData("report receivables", "--period")]
    [InlineData("report leakage", "--period")]
    [InlineData("e-invoice", "<number> --syntax --out")]
    [InlineData("verify", "")]
    [InlineData("sample", "<folder>")]
    public async Task Help_OfEachCommand_NamesEveryOption(string command, string names)
    {
        using var program = new LocalProgram();

        var result = await program.RunAsync([.. Words(command), "--help"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("", result.Error);
        Assert.All([.. Words(names), "--data", "--storage-port", "--json", "--help"], name => Assert.Contains(name, result.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--bogus", "'--bogus'", "--help")]
    [InlineData("nonsense", "'nonsense'", "--help")]
    [InlineData("--port abc", "--port: 'abc' is not a port; write a number from 1 to 65535.", "--help")]
    [InlineData("--port 70000", "--port: '70000' is not a port; write a number from 1 to 65535.", "--help")]
    [InlineData("verify --storage-port 65534", "--storage-port: '65534' is not a port; write a number from 1 to 65533.", "verify --help")]
    [InlineData("close", "Say which period to close with --period, such as 2024-09, or bill whoever is due with --due", "close --help")]
    [InlineData("close --due --period 2024-09", "Say which period to close with --period", "close --help")]
    [InlineData("close --period 2024-09 --on 2024-10-04", "Say which period to close with --period", "close --help")]
    [InlineData("close --now", "or one client with --client NAME --now.", "close --help")]
    [InlineData("close --due --client Corrib", "or one client with --client NAME --now.", "close --help")]
    [InlineData("close --due --on 4.10.2024", "--on: write a day as 2024-10-04.", "close --help")]
    [InlineData("close --period 2024-13", "--period: '2024-13' is not a month; write it as 2024-09.", "close --help")]
    [InlineData("report revenue --period September", "--period: 'September' is not a month; write it as 2024-09.", "report revenue --help")]
    [InlineData("report", "Required command", "report --help")]
    [InlineData("import", "Name a file or a folder to import.", "import --help")]
    public async Task Usage_Wrong_IsOneSentenceAndWhereToReadOn(string arguments, string sentence, string help)
    {
        using var program = new LocalProgram();

        var result = await program.RunAsync([.. Words(arguments), "--json"]);

        Assert.Equal(BadInput, result.ExitCode);
        Assert.Equal("", result.Output);
        var lines = result.Error.TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Contains(sentence, lines[0], StringComparison.Ordinal);
        Assert.EndsWith(help, lines[1], StringComparison.Ordinal);
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
