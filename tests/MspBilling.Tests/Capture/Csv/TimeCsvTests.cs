using MspBilling.Adapters.Capture.Csv;
using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Capture.Csv;

public sealed class TimeCsvTests
{
    [Fact]
    public void Read_EveryColumn_IsTaken()
    {
        var entry = Assert.Single(CsvImports.Records<TimeEntry>(
            "time.csv",
            """"
            id,source,client,client name,agreement,person,role,work type,date,start,end date,end,hours,billable,status,ticket,ticket summary,board,project,phase,notes,tags,changed
            77,Toggl,CORRIB,Corrib Foods,support,Nora Kelly,Engineer,Remote,2024-09-18,09:00,,10:45,1:30,yes,ReadyToBill,41551,Printer,Help Desk,Move,Cutover,"two
            lines, ""quoted""",vip|site=Galway,2024-09-18T12:00:00Z
            """",
            new CsvDeclaration(Zone: "Europe/Dublin")));

        Assert.Equal(
            new TimeEntry
            {
                Id = new RecordId("csv:toggl", RecordKind.Time, "77"),
                Revision = new DateTimeOffset(2024, 9, 18, 12, 0, 0, TimeSpan.Zero),
                CompanyId = "CORRIB",
                CompanyName = "Corrib Foods",
                AgreementId = "support",
                TechnicianId = "Nora Kelly",
                TechnicianName = "Nora Kelly",
                RoleId = "Engineer",
                RoleName = "Engineer",
                WorkType = "Remote",
                Start = new DateTimeOffset(2024, 9, 18, 8, 0, 0, TimeSpan.Zero),
                End = new DateTimeOffset(2024, 9, 18, 9, 45, 0, TimeSpan.Zero),
                Hours = 1.5m,
                Option = BillingOption.Billable,
                Status = "ReadyToBill",
                TicketId = "41551",
                TicketSummary = "Printer",
                Board = "Help Desk",
                ProjectId = "Move",
                ProjectName = "Move",
                PhaseName = "Cutover",
                Notes = "two\nlines, \"quoted\"",
                Tags = entry.Tags,
            },
            entry);
        Assert.Equal(["vip", "site=Galway"], entry.Tags!);
    }

    [Fact]
    public void Read_DateAndHoursAlone_IsApprovedAtNoon()
    {
        var entry = Assert.Single(CsvImports.Records<TimeEntry>("time.csv", "Client;Person;Date;Hours\r\nCORRIB;Nora;2024-07-01;2\r\n", CsvImports.Berlin));

        Assert.Equal(("CORRIB", "CORRIB", "Nora", 2m, "Approved", BillingOption.Default), (entry.CompanyId, entry.CompanyName, entry.TechnicianName, entry.Hours, entry.Status, entry.Option));
        Assert.Equal(new DateTimeOffset(2024, 7, 1, 10, 0, 0, TimeSpan.Zero), entry.Start);
        Assert.Null(entry.End);
        Assert.Equal(new RecordId("csv", RecordKind.Time, "=corrib||nora|2024-07-01||||"), entry.Id);
    }

    // Berlin: two hours before UTC until 27 October 2024 at 03:00, which is then 02:00 again.
    [Theory]
    [InlineData("2024-09-18,09:00,10:30,,", "2024-09-18T07:00:00Z", "2024-09-18T08:30:00Z", 1.5)]
    [InlineData("2024-09-18,22:30,00:30,,", "2024-09-18T20:30:00Z", "2024-09-18T22:30:00Z", 2)]
    [InlineData("2024-09-18,9:00 AM,1:00 PM,,3:30", "2024-09-18T07:00:00Z", "2024-09-18T11:00:00Z", 3.5)]
    [InlineData(",2024-09-18 09:00,2024-09-18 10:20,,", "2024-09-18T07:00:00Z", "2024-09-18T08:20:00Z", 1.3333333333)]
    [InlineData(",2024-09-18T09:00:00+05:30,2024-09-18T04:00:00Z,,", "2024-09-18T03:30:00Z", "2024-09-18T04:00:00Z", 0.5)]
    [InlineData("2024-10-26,23:00,04:00,2024-10-27,", "2024-10-26T21:00:00Z", "2024-10-27T03:00:00Z", 6)]
    [InlineData(",2024-10-27T02:30+01:00,,,1", "2024-10-27T01:30:00Z", null, 1)]
    [InlineData(",2024-09-18T09:00-05:00,,,1", "2024-09-18T14:00:00Z", null, 1)]
    public void Read_StartAndEnd_AreInTheDeclaredZone(string cells, string start, string? end, double hours)
    {
        var entry = Assert.Single(CsvImports.Records<TimeEntry>("time.csv", "client,person,date,start,end,end date,hours\nC,P," + cells, CsvImports.Berlin));

        Assert.Equal(DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture), entry.Start);
        Assert.Equal(end is null ? null : DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture), entry.End);
        Assert.Equal((decimal)hours, entry.Hours);
    }

    [Theory]
    [InlineData("2024-10-27,02:30,,,1", "line 2, column 16: start is '02:30', expected a time with its offset, as the clock in Europe/Berlin is put back and shows this one twice")]
    [InlineData("2024-03-31,02:30,,,1", "line 2, column 16: start is '02:30', expected a time that there is in Europe/Berlin: the clock is put forward over this one")]
    [InlineData(",09:00,,,1", "line 2, column 6: start is '09:00', expected a time like 2024-09-18T09:00, as there is no date beside it")]
    [InlineData("2024-09-18,2024-09-19T09:00,,,1", "line 2, column 16: start is '2024-09-19T09:00', expected a time on 2024-09-18, which the date says")]
    [InlineData("2024-09-18,09:00,2024-09-18T09:00,,", "line 2, column 22: end is '2024-09-18T09:00', expected a time after the start")]
    [InlineData("2024-09-18,,10:00,,1", "line 2, column 17: end is '10:00', expected no end without a start")]
    [InlineData("2024-09-18,09:00,,,", "line 2, column 24: hours: expected hours as 1:30 or 1.5, or a start and an end")]
    [InlineData(",,,,1", "line 2, column 5: date: expected a date like 2024-09-18, or a start")]
    [InlineData("2024-09-18,,,,1:75", "line 2, column 19: hours is '1:75', expected hours of 0 to 10000, as 1:30 or 1.5")]
    [InlineData("2024-09-18,,,,1:30:75", "line 2, column 19: hours is '1:30:75', expected hours of 0 to 10000, as 1:30 or 1.5")]
    [InlineData("2024-09-18,,,,-1", "line 2, column 19: hours is '-1', expected hours of 0 to 10000, as 1:30 or 1.5")]
    public void Read_TimeThatCannotBe_IsRefused(string cells, string expected) =>
        Assert.Equal("time.csv, " + expected, CsvImports.Problems("time.csv", "client,person,date,start,end,end date,hours\nC,P," + cells, CsvImports.Berlin));

    [Fact]
    public void Read_LocalTimeWithoutAZone_SaysWhatToDeclare() => Assert.Equal(
        "time.csv, line 2, column 5: date is '2024-09-18', expected a time with its offset, like 2024-09-18T09:00+02:00; for dates and local times declare the time zone, such as zone Europe/Berlin",
        CsvImports.Problems("time.csv", "client,person,date,hours\nC,P,2024-09-18,1"));

    // The same file again, one that goes on, and one whose hours and notes were corrected: the same entries.
    [Fact]
    public void Read_RowsWithoutIds_AreCalledByWhatTheyAre()
    {
        const string header = "client,person,date,hours,notes\n";
        const string first = "C,P,2024-09-18,1,a\nC,P,2024-09-18,2,b\nC,Q,2024-09-18,1,a\n";
        string[] Ids(string rows) => [.. CsvImports.Records<TimeEntry>("time.csv", header + rows, CsvImports.Berlin).Select(entry => entry.Id.ExternalId)];

        Assert.Equal(["=c||p|2024-09-18||||", "=c||p|2024-09-18||||#2", "=c||q|2024-09-18||||"], Ids(first));
        Assert.Equal([.. Ids(first), "=c||p|2024-09-18||||#3"], Ids(first + "C,P,2024-09-18,3,c\n"));
        Assert.Equal(Ids(first), Ids(first.Replace(",1,a", ",1.5,corrected", StringComparison.Ordinal).Replace("C,P", "c , P ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("id,client,person,date,hours\n1,C,P,2024-09-18,1\n1,C,P,2024-09-18,1", 1)]
    [InlineData("id,source,client,person,date,hours\n1,toggl,C,P,2024-09-18,1\n1,harvest,C,P,2024-09-18,2", 2)]
    public void Read_IdTwice_IsOneEntryASource(string text, int entries) => Assert.Equal(entries, CsvImports.Records<TimeEntry>("time.csv", text, CsvImports.Berlin).Count);

    [Fact]
    public void Read_IdTwiceWithOtherContent_IsRefused() => Assert.Equal(
        "time.csv, line 3, column 1: id is '1', expected each id once in a file, or the same content each time",
        CsvImports.Problems("time.csv", "id,client,person,date,hours\n1,C,P,2024-09-18,1\n1,C,P,2024-09-18,2", CsvImports.Berlin));

    [Fact]
    public void Read_DeclaredSource_NamesTheIds() => Assert.Equal(
        "csv:harvest/Time/1",
        Assert.Single(CsvImports.Records<TimeEntry>("time.csv", "id,client,person,date,hours\n1,C,P,2024-09-18,1", CsvImports.Berlin with { Source = "Harvest" })).Id.ToString());
}
