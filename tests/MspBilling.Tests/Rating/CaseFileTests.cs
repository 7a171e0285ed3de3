using MspBilling.App.Rating;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Rating;

public sealed class CaseFileTests
{
    [Fact]
    public void Read_LeastCase_HasTheDefaultsOfTheSchema()
    {
        var read = CaseFiles.Case("""{"period":"2024-09","client":{"name":"Corrib Foods","currency":"EUR"}}""");

        Assert.Equal((Days.September, "cw-case", TimeZoneInfo.Utc), (read.Period, read.ClientId, read.Zone));
        Assert.Empty(read.Activities);
        Assert.Same(CarriedState.None, read.Carried);
        var client = ClientDirectory.Of(read.References).ClientOf("cw-case").Client!;
        Assert.Equal(("Corrib Foods", Currencies.EUR, "en", 30), (client.Name, client.Currency, client.Language, client.PaymentTerms.Days));
        var rate = Assert.Single(Assert.Single(ClientDirectory.Of(read.References).Settings.TaxJurisdictions).Rates);
        Assert.Equal((0m, client.TaxCode), (rate.Percent, "none"));
    }

    [Fact]
    public void Read_EachKindWithTheLeast_HasDefaultsAndItsPlaceAsId()
    {
        var read = CaseFiles.Case(CaseFiles.With($$"""
            "agreements":[{{CaseFiles.Agreement("Gold")}}],"projects":[{"name":"Move"}],
            "activities":[{"kind":"time","start":"2024-09-10T09:00","hours":1.5},{"kind":"usage","day":"2024-09-10","service":"Storage"},{"kind":"device","type":"Server"},
            {"kind":"addition","sku":"M365","unitPrice":20},{"kind":"milestone","project":"Move","name":"Plan","completedOn":"2024-09-20"},
            {"kind":"expense","day":"2024-09-10","description":"Cable"},{"kind":"count","day":"2024-09-10","sku":"Mailbox","quantity":7}]
            """));

        Assert.Equal(["activities[0]", "activities[1]", "activities[2]", "activities[3]", "activities[4]", "activities[5]", "activities[6]"], read.Activities.Select(a => a.Id.ExternalId));
        var time = Assert.IsType<TimeEntry>(read.Activities[0]);
        Assert.Equal((Days.At("2024-09-10T08:00Z"), 1.5m, "Approved", "Technician", BillingOption.Default), (time.Start, time.Hours, time.Status, time.TechnicianName, time.Option));
        var usage = Assert.IsType<UsageRecord>(read.Activities[1]);
        Assert.Equal(("Cloud", "default", "Usage", "Storage", "Storage", 1m, 0m, Currencies.EUR), (usage.Provider, usage.SubAccountId, usage.Category, usage.Sku, usage.Description, usage.Quantity, usage.Cost, usage.Currency));
        var device = Assert.IsType<Device>(read.Activities[2]);
        Assert.Equal(("Server", true, true), (device.Name, device.IsActive, device.IsBilled));
        var addition = Assert.IsType<Addition>(read.Activities[3]);
        Assert.Equal(("agreement-1", 1m, true, BillingOption.Billable), (addition.AgreementId, addition.Quantity, addition.Prorate, addition.Option));
        var milestone = Assert.IsType<Milestone>(read.Activities[4]);
        Assert.Equal(("Move", true), (milestone.ProjectId, milestone.IsCompleted));
        Assert.Equal(1m, Assert.IsType<Expense>(read.Activities[5]).Quantity);
        Assert.Equal("Mailbox", Assert.IsType<Count>(read.Activities[6]).Description);
    }

    // Dublin is an hour ahead of UTC in September and on it in December.
    [Theory]
    [InlineData("2024-09-10T09:00", "2024-09-10T08:00Z")]
    [InlineData("2024-12-10T09:00:30", "2024-12-10T09:00:30Z")]
    [InlineData("2024-09-10T09:00+02:00", "2024-09-10T07:00Z")]
    [InlineData("2024-09-10T09:00:00Z", "2024-09-10T09:00Z")]
    [InlineData("2024-10-27T00:30", "2024-10-26T23:30Z")]
    [InlineData("2024-10-27T01:30Z", "2024-10-27T01:30Z")]
    [InlineData("2024-10-27T02:00", "2024-10-27T02:00Z")]
    [InlineData("2024-03-31T02:00", "2024-03-31T01:00Z")]
    public void Read_StartWithoutOffset_IsLocal(string start, string instant) =>
        Assert.Equal(Days.At(instant), ((TimeEntry)Assert.Single(CaseFiles.Case(CaseFiles.With(Activity($$"""{"kind":"time","start":"{{start}}","hours":1}"""))).Activities)).Start);

    // 20 minutes are a third of an hour, which is kept to four places.
    [Theory]
    [InlineData("2024-09-10T09:00", "2024-09-10T10:30", null, 1.5)]
    [InlineData("2024-09-10T09:00", "2024-09-10T09:20", null, 0.3333)]
    [InlineData("2024-09-10T22:00", "2024-09-11T02:00", null, 4)]
    [InlineData("2024-09-10T09:00", "2024-09-10T12:00", "2.5", 2.5)]
    [InlineData("2024-10-27T00:00", "2024-10-27T03:00", null, 4)] // clocks are put back: an hour more
    public void Read_End_TellsTheHoursUnlessTheyAreGiven(string start, string end, string? hours, double expected) => Assert.Equal(
        (decimal)expected,
        ((TimeEntry)CaseFiles.Case(CaseFiles.With(Activity($$"""{"kind":"time","start":"{{start}}","end":"{{end}}"{{(hours is null ? "" : ",\"hours\":" + hours)}}}"""))).Activities[0]).Hours);

    [Fact]
    public void Read_DevicesByQuantity_AreEachARecord()
    {
        var read = CaseFiles.Case(CaseFiles.With(Activity("""{"kind":"device","type":"Workstation","quantity":3}""")));

        Assert.Equal(["activities[0]/1", "activities[0]/2", "activities[0]/3"], read.Activities.Select(a => a.Id.ExternalId));
        Assert.Equal(["Workstation 1", "Workstation 2", "Workstation 3"], read.Activities.Cast<Device>().Select(d => d.Name));
    }

    [Fact]
    public void Price_ActivitiesOfOtherDays_AreLeftOutAndNamed()
    {
        var bill = CasePreview.Price(CaseFiles.Case(CaseFiles.With("""
            "activities":[{"kind":"time","start":"2024-08-31T23:59","hours":1},{"kind":"time","start":"2024-09-01T00:00","hours":1},{"kind":"time","start":"2024-09-30T23:59","hours":1},
            {"kind":"time","start":"2024-10-01T00:00","hours":1},{"kind":"usage","day":"2024-10-01","service":"S"},{"kind":"addition","agreement":"X","sku":"A","unitPrice":1,"to":"2024-09-01"},
            {"kind":"device","type":"Server","installedOn":"2024-10-01"}]
            """)));

        Assert.Equal(["activities[1]", "activities[2]"], bill.Activities!.Select(a => a.Id));
        Assert.Equal(["activities[0]", "activities[3]", "activities[4]", "activities[5]", "activities[6]"], bill.Outside.Select(a => a.Id));
        Assert.True(bill.HasHolds);
    }

    [Fact]
    public void Read_Names_AreReplacedByIds()
    {
        var read = CaseFiles.Case(CaseFiles.With($$"""
            "agreements":[{{CaseFiles.Agreement("Gold", "\"id\":\"g\",")}},{{CaseFiles.Agreement("Silver", "\"id\":\"s\",\"psaAgreement\":\"88\",")}}],"projects":[{"id":"702","name":"Move"}],
            "activities":[{"kind":"time","start":"2024-09-10T09:00","hours":1,"agreement":"Gold","project":"Move"},{"kind":"time","start":"2024-09-10T09:00","hours":1,"agreement":"s","project":"702"},
            {"kind":"time","start":"2024-09-10T09:00","hours":1,"agreement":"Bronze","project":"Attic"}]
            """));

        Assert.Equal([("g", "702"), ("88", "702"), ("Bronze", "Attic")], read.Activities.Cast<TimeEntry>().Select(time => (time.AgreementId!, time.ProjectId!)));
    }

    [Fact]
    public void Read_Carried_IsWhatThePreviewBeforeGave()
    {
        var carried = CaseFiles.Case(CaseFiles.With($$"""
            "agreements":[{{CaseFiles.Agreement("Gold", "\"id\":\"g\",")}}],
            "carried":{"balances":[{"agreement":"Gold","line":"time","lots":[{"grantedOn":"2024-08-01","endsOn":"2024-12-01","granted":10,"left":4.5}]}],
            "totals":[{"agreement":"g","line":"time","subject":"ticket/4711","amount":120.5}]}
            """)).Carried;

        var balance = Assert.Single(carried.Balances);
        Assert.Equal((new CarriedKey("g", "time", ""), 4.5m), (balance.Key, balance.Left));
        Assert.Equal(new Lot(Days.On("2024-08-01"), Days.On("2024-12-01"), 10, 4.5m), Assert.Single(balance.Lots));
        Assert.Equal(new RunningTotal(new CarriedKey("g", "time", "ticket/4711"), 120.5m, Period.NoEnd), Assert.Single(carried.Totals));
    }

    [Theory]
    // What the period before granted is not granted once more: 4.50 h of August are left, and 10.00 h come for September.
    [InlineData("", "2024-09-01")]
    [InlineData("\"grantedTo\":\"2024-08-15\",", "2024-08-15")]
    public void Read_BalanceOfARetainer_SaysUpToWhichDayGrantsHaveBeenMade(string grantedTo, string expected)
    {
        var carried = CaseFiles.Case(CaseFiles.With($$"""
            "agreements":[{"name":"Gold","versions":[{"from":"2024-01-01","lines":[{"kind":"retainer","id":"hours","service":"Support","included":10,"rollOverCycles":3}]}]}],
            "carried":{"balances":[{"agreement":"Gold","line":"hours",{{grantedTo}}"lots":[{"grantedOn":"2024-08-01","endsOn":"2024-12-01","granted":10,"left":4.5}]}]}
            """)).Carried;

        Assert.Equal(Days.On(expected), Assert.Single(carried.Balances).GrantedTo);
    }

    internal static string Activity(string activity) => $"\"activities\":[{activity}]";
}
