using MspBilling.Core.Capture;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Capture.Settings;

public sealed class AccountSettingsTests
{
    [Fact]
    public void Read_Everything_IsTaken()
    {
        var read = TaxedSale.Read(""" "accounts": { "credit": "byHand", "lateFeesFrom": "2024-10-01", "clients": [ { "client": "CO250", "credit": "automatic", "lateFees": false }, { "client": "CO7" } ] } """).Accounts!;

        Assert.Equal((CreditMode.ByHand, Days.On("2024-10-01")), (read.Credit, read.LateFeesFrom));
        Assert.Equal([new ClientAccount("CO250", CreditMode.Automatic, false), new ClientAccount("CO7")], read.Clients);
    }

    [Theory]
    [InlineData("{ \"credit\": \"never\" }", "accounts.credit is 'never', expected one of automatic, byHand")]
    [InlineData("{ \"lateFees\": true }", "accounts.lateFees: expected no such property")]
    [InlineData("{ \"clients\": [ { \"client\": \"A\" }, { \"client\": \"a\" } ] }", "expected each client once")]
    public void Read_WhatIsWrong_IsSaid(string accounts, string problem) => Assert.Contains(
        ImportFiles.Problems("msp-settings.json", $$"""{ "accounts": {{accounts}} }"""), said => said.Contains(problem, StringComparison.Ordinal));

    // The client 250 has the identifier CO250 in the PSA.
    [Theory]
    [InlineData(null, CreditMode.Automatic, null)]
    [InlineData("CO250", CreditMode.ByHand, null)]
    [InlineData("cw-250", CreditMode.ByHand, null)]
    [InlineData("CO7", CreditMode.Automatic, "2024-10-01")]
    public void For_Client_IsItsOwnOverTheMsps(string? named, CreditMode credit, string? lateFeesFrom)
    {
        var accounts = named is null ? null : new AccountSettings(CreditMode.Automatic, Days.On("2024-10-01"), [new ClientAccount(named, CreditMode.ByHand, false)]);
        var directory = ClientDirectory.Of([Records.Settings with { Accounts = accounts }, Records.Company()]);

        Assert.Equal((credit, lateFeesFrom is null ? null : Days.On(lateFeesFrom)), AccountSettings.For(directory, "cw-250"));
    }
}
