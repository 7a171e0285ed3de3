using MspBilling.Tests.Local;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Reports;

/// <summary><c>report reconciliation</c> and <c>reconcile</c> on the month of three clients.</summary>
public sealed class ReconcileCommandTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Reconciliation_OnTheCommandLine_IsOpenUntilItIsAccepted()
    {
        await using var storage = await StoredSides.OnAsync(azurite);
        using var program = LocalProgram.On(azurite, storage);

        var shown = await program.RunAsync("report", "reconciliation", "--period", "2024-09", "--client", "Atlas");
        Assert.Equal((1, ""), (shown.ExitCode, shown.Error));
        Assert.Contains("Atlas Freight, BKP: more invoiced than there is (overBilled)", shown.Output, StringComparison.Ordinal);
        Assert.Contains("  - In ConnectWise PSA, on the agreement Atlas support, change addition 4 (Managed backup) from 15 to 12 from 2024-09-01", shown.Output, StringComparison.Ordinal);
        Assert.Contains("Over-billing: 1, a month 75.00 EUR of revenue, 51.00 USD of cost", shown.Output, StringComparison.Ordinal);

        var accepted = await program.RunAsync("reconcile", "accept", "cw-251", "BKP", "overBilled", "--period", "2024-09", "--until", "2024-12-31", "--why", "spares", "--by", "Nora");
        Assert.Equal((0, "Accepted up to 3 until 2024-12-31.\n", ""), (accepted.ExitCode, accepted.Output, accepted.Error));

        var after = await program.RunAsync("report", "reconciliation", "--period", "2024-09", "--client", "cw-251", "--json");
        Assert.Equal((0, 0, 1), (after.ExitCode, after.Json().GetProperty("open").GetInt32(), after.Json().GetProperty("accepted").GetArrayLength()));

        Assert.Equal((0, "Withdrawn.\n"), await OutputAsync(program, "reconcile", "withdraw", "cw-251", "BKP", "overBilled", "--period", "2024-09", "--why", "sold them"));
        Assert.Equal(1, (await program.RunAsync("report", "reconciliation", "--period", "2024-09", "--client", "cw-251")).ExitCode);
    }

    [Theory]
    [InlineData("report reconciliation --period 2024-09 --client Nobody", "No client has the id Nobody or a name with it.")]
    [InlineData("reconcile accept cw-251 BKP underBilled --period 2024-09 --why spares", "accept[0]: cw-251 has no underBilled of BKP in 2024-09; open are overBilled of BKP.")]
    [InlineData("reconcile accept cw-251 BKP overBilled --period 2024-09 --why spares --until soon", "--until: 'soon' is not a date; write 2024-12-31.")]
    [InlineData("reconcile accept cw-251 BKP overBilled --period 2024-09 --why spares --up-to many", "--up-to: 'many' is not a number; write 2 or 2.5.")]
    public async Task Reconcile_WhatIsNot_IsBadInputInOneSentence(string arguments, string sentence)
    {
        await using var storage = await StoredSides.OnAsync(azurite);
        using var program = LocalProgram.On(azurite, storage);

        var result = await program.RunAsync(arguments.Split(' '));

        Assert.Equal((2, "", sentence), (result.ExitCode, result.Output, result.Error.Split('\n')[0]));
    }

    private static async Task<(int, string)> OutputAsync(LocalProgram program, params string[] arguments)
    {
        var result = await program.RunAsync(arguments);
        return (result.ExitCode, result.Output);
    }
}
