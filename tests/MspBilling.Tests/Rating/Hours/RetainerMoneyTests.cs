using System.Globalization;
using MspBilling.Core;
using MspBilling.Core.Agreements;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Rating.Hours;

public sealed class RetainerMoneyTests
{
    [Theory]
    [InlineData("EUR", "1000", "3@100", "300", "0", "300.00 of 1,000.00 for September 2024; 700.00 ended unused; nothing left.")]
    [InlineData("EUR", "300", "3@100", "300", "0", "300.00 of 300.00 for September 2024; nothing left.")]
    [InlineData("EUR", "250", "3@100", "250", "50", "250.00 of 250.00 for September 2024; nothing left.")]
    [InlineData("EUR", "250", "2@100 3@100", "200 50", "250", "250.00 of 250.00 for September 2024; nothing left.")]
    // One line of 1.005 = 1.01, shared as 0.34 + 0.33 + 0.34.
    [InlineData("EUR", "100", "1@0.335 1@0.335 1@0.335", "0.34 0.33 0.34", "0", "1.01 of 100.00 for September 2024; 98.99 ended unused; nothing left.")]
    // Two lines, 0.335 = 0.34 and 0.345 = 0.35: a cent more than 0.68 rounded once.
    [InlineData("EUR", "100", "1@0.335 1@0.345", "0.34 0.35", "0", "0.69 of 100.00 for September 2024; 99.31 ended unused; nothing left.")]
    // Two lines, 0.334 = 0.33 and 0.333 = 0.33: a cent less than 0.667 = 0.67.
    [InlineData("EUR", "100", "1@0.334 1@0.333", "0.33 0.33", "0", "0.66 of 100.00 for September 2024; 99.34 ended unused; nothing left.")]
    // Three lines of 0.004 = 0.00 each: nothing is billed, nothing drawn, though 0.012 = 0.01.
    [InlineData("EUR", "100", "1@0.0041 1@0.0042 1@0.0043", "0 0 0", "0", "0.00 of 100.00 for September 2024; 100.00 ended unused; nothing left.")]
    // Half of a cent that is left cannot be: 0.33 of 0.34 is drawn, 0.01 is billed.
    [InlineData("EUR", "0.33", "1@0.335", "0.33", "0.01", "0.33 of 0.33 for September 2024; nothing left.")]
    // 1.5 h x 3,333.5 = 5,000.25 = 5,000 yen: 1,667 + 1,667 + 1,666.
    [InlineData("JPY", "10000", "0.5@3333.5 0.5@3333.5 0.5@3333.5", "1667 1667 1666", "0", "5,000 of 10,000 for September 2024; 5,000 ended unused; nothing left.")]
    [InlineData("JPY", "4999", "0.5@3333.5 0.5@3333.5 0.5@3333.5", "1667 1667 1665", "1", "4,999 of 4,999 for September 2024; nothing left.")]
    // 0.25 h x 12.346 = 3.0865 = 3.087 dinar.
    [InlineData("KWD", "3.087", "0.25@12.346", "3.087", "0", "3.087 of 3.087 for September 2024; nothing left.")]
    [InlineData("KWD", "3.086", "0.25@12.346", "3.086", "0.001", "3.086 of 3.086 for September 2024; nothing left.")]
    public void DrawMoney_WhatIsBilled_IsPaidToTheCoin(string currency, string included, string work, string paid, string total, string sentence)
    {
        var rated = new RetainerCase
        {
            Currency = Currency.Of(currency),
            Lines = [RetainerCase.Money(Number(included))],
            Work = [.. work.Split(' ').Select((text, i) => new Work($"2024-09-{i + 10}", Number(text.Split('@')[0]), Number(text.Split('@')[1])))],
        }.Rate(Days.September);

        Assert.Equal(paid, rated.Paid);
        Assert.Equal(Number(total), rated.Total.Amount);
        Assert.Equal(sentence, rated.Balance);
    }

    [Fact]
    public void DrawMoney_Line_IsNegativeAndDrawn()
    {
        var line = new RetainerCase { Lines = [RetainerCase.Money(250)], Work = [new Work("2024-09-10", 3)] }.Rate(Days.September).Of(LineKind.Drawn).Single();

        Assert.Equal((-250m, 1m, -250m, "Paid from the retainer"), (line.Amount.Amount, line.Quantity, line.UnitPrice.Amount, line.Description));
    }

    [Fact]
    public void DrawMoney_TravelByTheTrip_IsPaid()
    {
        Assert.Equal("45 200", new RetainerCase { Lines = [RetainerCase.Money(1_000)], Work = [new Work("2024-09-10", 1, 45) { IsTrip = true }, new Work("2024-09-11", 2)] }.Rate(Days.September).Paid);
    }

    [Fact]
    public void DrawMoney_BesideHours_PaysWhatHoursDoNotCover()
    {
        var rated = new RetainerCase { Lines = [RetainerCase.Money(1_000) with { Id = "money" }, RetainerCase.Hours(2)], Work = [new Work("2024-09-10", 3)] }.Rate(Days.September);

        Assert.Equal(("2", "100"), (rated.Covered, rated.Paid));
    }

    [Fact]
    public void DrawMoney_TimeAboveACap_IsWrittenDownFirst()
    {
        var capped = RetainerCase.Support with { Caps = [new TimeCap(CapScope.Ticket, 150)] };
        var rated = new RetainerCase
        {
            Versions = [new AgreementVersion(1, Days.From("2024-01-01"), [RetainerCase.Money(1_000), capped], [])],
            Work = [new Work("2024-09-10", 1) { Ticket = "1" }, new Work("2024-09-11", 2) { Ticket = "1" }, new Work("2024-09-12", 1)],
        }.Rate(Days.September);

        // 100 + 50 of the ticket's 300, and 100 of the other work; 150 written down.
        Assert.Equal("100 50 100", rated.Paid);
        Assert.Equal(0, rated.Total.Amount);
    }

    [Fact]
    public void DrawMoney_TwoRetainers_PayInTheOrderOfTheirLines()
    {
        var rated = new RetainerCase
        {
            Lines = [RetainerCase.Money(60) with { Id = "first", Services = ["Support"] }, RetainerCase.Money(100) with { Id = "second" }],
            Work = [new Work("2024-09-10", 1, Service: "Projects"), new Work("2024-09-11", 1)],
        }.Rate(Days.September);

        Assert.Equal("100 60", rated.Paid); // first: 60 of support; second: the 100 of projects, and nothing is left for the 40
        Assert.Equal([-60m, -100m], rated.Of(LineKind.Drawn).Select(line => line.Amount.Amount));
        Assert.Equal(40, rated.Total.Amount);
    }

    [Fact]
    public void DrawMoney_Unlimited_PaysAll()
    {
        var rated = new RetainerCase { Lines = [RetainerCase.Money() with { IsUnlimited = true }], Work = [new Work("2024-09-10", 3, 99.995m)] }.Rate(Days.September);

        Assert.Equal((0m, "Gold support includes all time."), (rated.Total.Amount, rated.Balance));
    }

    [Fact]
    public void DrawMoney_Block_IsBilledAndPaysFromItsDay()
    {
        var line = RetainerCase.Money() with { Blocks = [new RetainerBlock(Days.On("2024-09-12"), 1_000, null, 900)] };
        var rated = new RetainerCase { Lines = [line], Work = [new Work("2024-09-11", 1), new Work("2024-09-12", 1)] }.Rate(Days.September);

        Assert.Equal("0 100", rated.Paid);
        Assert.Equal(("Block of 1,000.00", 900m), (rated.Lines[0].Description, rated.Lines[0].Amount.Amount));
        Assert.Equal("100.00 of 1,000.00 bought on 2024-09-12; 900.00 left.", rated.Balance);
    }

    [Fact]
    public void DrawMoney_LineThatWasHoursBefore_BeginsAnew()
    {
        // 10 h, of which 2.5 are left, are no 2.5 yen.
        var rated = new RetainerCase
        {
            Currency = Currencies.JPY,
            Versions =
            [
                new AgreementVersion(1, Days.Between("2024-01-01", "2024-09-16"), [RetainerCase.Hours() with { Blocks = [new RetainerBlock(Days.On("2024-09-01"), 10)] }, RetainerCase.Support], []),
                new AgreementVersion(2, Days.From("2024-09-16"), [RetainerCase.Money(5_000), RetainerCase.Support], []),
            ],
            Work = [new Work("2024-09-10", 7.5m), new Work("2024-09-20", 30, 100)],
        }.Rate(Days.September);

        Assert.Equal(("7.5 0", "0 3000"), (rated.Covered, rated.Paid));
        Assert.Equal("3,000 of 5,000 for September 2024; 2,000 ended unused; nothing left.", Assert.Single(rated.Of(LineKind.Drawn)).Explanation.Sentence);
        Assert.Equal("2.5/10 2024-09-01..", rated.Lots);
    }

    [Fact]
    public void TopUp_LessThanACoin_IsNotSold()
    {
        var line = RetainerCase.Money(100) with { TopUp = new TopUp(200, 0.25m, 10) };

        Assert.Empty(new RetainerCase { Currency = Currencies.JPY, Lines = [line] }.Rate(Days.September).Of(LineKind.Charge));
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
