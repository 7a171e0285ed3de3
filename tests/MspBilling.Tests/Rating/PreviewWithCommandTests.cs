using MspBilling.Tests.Local;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Rating;

/// <summary><c>preview --period ... --with FILE</c> on one client with 55.00 of cables and 11.00 of SSDs a month.</summary>
public sealed class PreviewWithCommandTests(AzuriteFixture azurite)
{
    private const string Free = """{"rules":[{"id":"cable","name":"Cables are free","match":{"skus":["CAB*"]},"effect":{"do":"waive"}}]}""";

    private const string Holds = """{"rules":[{"id":"look","name":"Look","match":{"skus":["CAB*"]},"effect":{"do":"hold","because":"Is it ours?"}}]}""";

    // The agreement's rule takes 10 % off the cable's 55.00; the settings' rule is tried after it and would waive what is left, 49.50, so that the agreement's has nothing to change.
    [Fact]
    public async Task Preview_WithRules_PrintsTheDifferenceAndWhatEachRuleChanges()
    {
        var result = await RunAsync(Free, "--period", "2024-09");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(
            """
            2024-09, net of tax
                                                                                before         after    difference

            Corrib Foods
              2024-09
                CABLE                                                            49.50             -        -49.50
              Corrib Foods, EUR                                                  60.50         11.00        -49.50

            All clients, EUR                                                     60.50         11.00        -49.50

            Rule Cables are free (cable) matches 1 activity.
              Corrib Foods, 2024-09: CABLE                                       49.50             -        -49.50
              the lines that it changes, EUR                                     49.50          0.00        -49.50

            Rule Cables are 10 % off (tenth) of Corrib Foods, Gold, matches 1 activity and changes no line.

            """,
            result.Output);
    }

    [Theory]
    [InlineData(Free, 0)]
    [InlineData(Holds, 1)] // more is held than before
    public async Task Preview_WithAsJson_IsOneDocumentAndItsExitCodeTellsOfHolds(string terms, int exitCode)
    {
        var result = await RunAsync(terms, "--period", "2024-09", "--to", "2024-10", "--json");

        Assert.Equal((exitCode, ""), (result.ExitCode, result.Error));
        Assert.Equal(
            [(null, 2, -99m), ("gold", 2, 0m)],
            result.Json().GetProperty("rules").EnumerateArray().Select(rule => (
                rule.GetProperty("agreement") is { ValueKind: System.Text.Json.JsonValueKind.Object } agreement ? agreement.GetProperty("id").GetString() : null,
                rule.GetProperty("matched").GetInt32(),
                rule.GetProperty("totals").EnumerateArray().Sum(total => total.GetProperty("difference").GetDecimal()))));
    }

    [Theory]
    [InlineData("{", "terms.json, line 1, column 2: expected valid JSON, but the file ends too early: it is cut off or a bracket is missing")]
    [InlineData("{}", "terms.json, line 1, column 1: agreements: expected at least one of agreements, rateCards, calendars, rules, agreementTypes, but it is missing")]
    [InlineData("""{"rules":[{"id":"r","name":"R","match":{},"effect":{"do":"vanish"}}]}""", "terms.json, line 1, column 58: rules[0].effect.do is 'vanish', expected one of setPrice, multiply, cap, waive, reclassify, hold")]
    [InlineData(
        """{"agreements":[{"id":"x","client":"NOBODY","name":"X","currency":"EUR","versions":[{"from":"2024-01-01","lines":[{"kind":"expenses","id":"e","service":"E"}]}]}]}""",
        "terms.json: agreements[0].client is 'NOBODY', expected the id or the identifier of a company that was imported")]
    public async Task Preview_WithABadFile_SaysWhereAndWhyAndNothingElse(string terms, string problem)
    {
        var result = await RunAsync(terms, "--period", "2024-09", "--json");

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Equal($"terms.json was refused; nothing was computed.\n  {problem}\n", result.Error);
    }

    [Theory]
    [InlineData("missing.json --period 2024-09", "missing.json does not exist.")]
    [InlineData("terms.json --period 2024-09 --to 2024-08", "The last month is not before the first and at most 36 months are compared.")]
    public async Task Preview_WithWhatCannotBe_IsBadInputInOneSentence(string arguments, string sentence)
    {
        var result = await RunAsync(Free, [.. arguments.Split(' ')[1..], "--with", arguments.Split(' ')[0]]);

        Assert.Equal((2, "", sentence), (result.ExitCode, result.Output, result.Error.Split('\n')[0]));
    }

    private async Task<ProgramResult> RunAsync(string terms, params string[] arguments)
    {
        await using var storage = await StoredExpenses.OnAsync(azurite, StoredExpenses.Tenth);
        using var program = LocalProgram.On(azurite, storage);
        await File.WriteAllTextAsync(Path.Combine(program.Folder.FullName, "terms.json"), terms, TestContext.Current.CancellationToken);
        return await program.RunAsync(["preview", .. arguments, .. arguments.Contains("--with") ? Array.Empty<string>() : ["--with", "terms.json"]]);
    }
}
