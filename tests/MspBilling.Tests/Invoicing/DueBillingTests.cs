using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Invoicing;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Invoicing;

public sealed class DueBillingTests
{
    private static readonly Company Dublin = Records.Company("1", "Dublin");
    private static readonly Company Chicago = Records.Company("2", "Chicago");

    private static readonly ILookup<string, DateOnly> NoCuts = Array.Empty<DateOnly>().ToLookup(_ => "");

    // On 1 October at 03:00 UTC it is still September in Chicago.
    [Theory]
    [InlineData("2024-10-01T03:00Z", "2024-09: - cw-1")]
    [InlineData("2024-10-01T05:00Z", "2024-09: - cw-1 cw-2")]
    public void Of_TwoTimeZones_IsEachByItsOwnCalendar(string now, string due)
    {
        var directory = Directory(new BillingSettings { From = Days.On("2024-09-01") }, null);

        Assert.Equal(due, Text(DueBilling.Of(directory, clientId => directory.LocalDate(clientId, Days.At(now)), NoCuts)));
    }

    [Theory]
    [InlineData("2024-10-01", "2024-09: - cw-1")]
    [InlineData("2024-10-05", "2024-09: - cw-1, 2024-07-01..2024-10-01: cw-2")]
    [InlineData("2024-11-01", "2024-09: - cw-1, 2024-07-01..2024-10-01: cw-2, 2024-10: - cw-1")]
    public void Of_AClientByTheQuarterWithGrace_IsDueByItsOwn(string today, string due)
    {
        var directory = Directory(new BillingSettings { From = Days.On("2024-09-01") }, new BillingSettings { CycleMonths = 3, GraceDays = 4, From = Days.On("2024-07-01") });

        Assert.Equal(due, Text(DueBilling.Of(directory, _ => Days.On(today), NoCuts)));
    }

    [Fact]
    public void Of_ClientWhoseCycleBeginsLater_IsByTheMonthBefore()
    {
        var directory = Directory(new BillingSettings { From = Days.On("2024-08-01") }, new BillingSettings { CycleMonths = 3, From = Days.On("2024-10-01") });

        Assert.Equal(["2024-08", "2024-09", "2024-10-01..2025-01-01"], DueBilling.Of(directory, _ => Days.On("2025-01-01"), NoCuts).Where(due => due.Clients.Contains("cw-2")).Select(due => due.Period.ToString()));
    }

    [Fact]
    public void Of_APeriodThatWasCut_IsDueInItsParts()
    {
        var directory = Directory(new BillingSettings { From = Days.On("2024-10-01") }, null);
        var cuts = new[] { Days.On("2024-10-16") }.ToLookup(_ => "cw-2");

        Assert.Equal("2024-10-01..2024-10-16: cw-2, 2024-10: - cw-1, 2024-10-16..2024-11-01: cw-2", Text([.. DueBilling.Of(directory, _ => Days.On("2024-11-01"), cuts).OrderBy(due => due.Period.Start).ThenBy(due => due.Period.End)]));
    }

    [Fact]
    public void Of_NothingAskedFor_IsNothing()
    {
        var directory = Directory(new BillingSettings { CycleMonths = 3 }, null);

        Assert.Empty(DueBilling.Of(directory, _ => Days.On("2030-01-01"), NoCuts));
    }

    // Monthly fees of a quarter are three, and the hours of its months count together.
    [Fact]
    public void Bill_AQuarter_HasEachMonthsFee()
    {
        var month = new ClientMonth
        {
            Period = Days.Between("2024-07-01", "2024-10-01"),
            Lines = [Lines.Fee(), Lines.Additions(), Lines.Time()],
            Agreements = [Records.Agreement() with { MonthlyFee = 100 }],
            References = [Records.Role("1", 95)],
        };

        var bill = month.Bill(Records.Addition("1", 2, 10), Records.Time("1", 1, start: "2024-07-10T09:00Z"), Records.Time("2", 1));

        Assert.Null(bill.Problem);
        Assert.Equal(Currencies.Eur(300 + 60 + 190), Assert.Single(bill.Invoices).Net);
        Assert.Equal(Days.On("2024-10-01"), bill.InvoiceDate);
    }

    private static ClientDirectory Directory(BillingSettings msp, BillingSettings? chicago) => ClientDirectory.Of(
    [
        Records.Settings with { Billing = msp, Clients = [new ClientSettings("CO2", "America/Chicago") { Billing = chicago }] }, Dublin, Chicago,
    ]);

    private static string Text(IReadOnlyList<DuePeriod> due) => string.Join(", ", due.Select(each => $"{each.Period}: {string.Join(' ', each.Clients.Order(StringComparer.Ordinal))}"));
}
