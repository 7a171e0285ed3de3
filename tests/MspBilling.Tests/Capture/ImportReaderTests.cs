using System.Text;
using MspBilling.Adapters.Capture;
using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Capture;

public sealed class ImportReaderTests
{
    private const string AllFormats =
        "msp-settings, agreements, connectwise/companies, connectwise/agreements, connectwise/additions, connectwise/agreement-work-roles, "
        + "connectwise/work-roles, connectwise/members, connectwise/tickets, connectwise/projects, connectwise/phases, "
        + "connectwise/configurations, connectwise/time-entries, connectwise/expenses, autotask/companies, autotask/resources, autotask/roles, autotask/contracts, "
        + "autotask/contract-service-units, autotask/contract-bundle-units, autotask/contract-rates, autotask/projects, autotask/contract-milestones, "
        + "autotask/tickets, autotask/configuration-items, autotask/time-entries, autotask/contract-charges, autotask/ticket-charges, autotask/project-charges, "
        + "halopsa/clients, halopsa/agents, halopsa/charge-rates, halopsa/contracts, "
        + "halopsa/recurring-invoices, halopsa/tickets, halopsa/projects, halopsa/assets, halopsa/timesheet-events, halopsa/actions, "
        + "partnercenter-subscriptions, partnercenter-usage, partnercenter-invoice-lines, pax8-subscriptions, pax8-invoice-items, pax8-usage, "
        + "focus, azure-cost, records, mappings, usage-events, acceptances, decisions, draft-edits, time-csv, expenses-csv, counts-csv, agreements-csv, payments-csv";

    [Theory]
    [InlineData("company-companies.json", "connectwise/companies")]
    [InlineData("finance-agreements.json", "connectwise/agreements")]
    [InlineData("finance-agreements-additions.json", "connectwise/additions")]
    [InlineData("finance-agreements-workroles.json", "connectwise/agreement-work-roles")]
    [InlineData("time-workroles.json", "connectwise/work-roles")]
    [InlineData("system-members.json", "connectwise/members")]
    [InlineData("service-tickets.json", "connectwise/tickets")]
    [InlineData("project-projects.json", "connectwise/projects")]
    [InlineData("project-phases.json", "connectwise/phases")]
    [InlineData("company-configurations.json", "connectwise/configurations")]
    [InlineData("exports/2024-09/time-entries@2.json", "connectwise/time-entries")]
    [InlineData("Time-Entries.JSON", "connectwise/time-entries")]
    public void Read_FileName_TellsTheFormat(string fileName, string format)
    {
        var result = ImportFiles.Read(fileName, "[]");

        Assert.Equal(format, result.Format);
        Assert.Empty(result.Problems);
    }

    [Fact]
    public void Read_CsvNamedFocus_IsFocus() => Assert.Equal("focus", ImportFiles.Read("sept-FOCUS-export.csv", ImportFiles.Focus()).Format);

    [Fact]
    public void Read_FormatGiven_GoesBeforeTheName() => Assert.Equal("connectwise/tickets", ImportFiles.Read("focus.csv", "[]", "connectwise/tickets").Format);

    [Theory]
    [InlineData("invoices.json", null, "invoices.json: expected a known format, told by the file's name or by --as: ")]
    [InlineData("export.csv", null, "export.csv: expected a known format, told by the file's name or by --as: ")]
    [InlineData("focus/export.csv", null, "focus/export.csv: expected a known format, told by the file's name or by --as: ")]
    [InlineData("time-entries.json", "autotask", "time-entries.json: found 'autotask', expected a known format, told by the file's name or by --as: ")]
    public void Read_UnknownFormat_NamesTheKnown(string fileName, string? format, string problem)
    {
        var result = ImportFiles.Read(fileName, "[]", format);

        Assert.Equal([problem + AllFormats], result.Problems.Select(found => found.ToString()));
        Assert.Equal(AllFormats, string.Join(", ", ImportReader.Formats));
    }

    [Theory]
    [InlineData("time-entries.json", "time-entries.json: expected JSON, but the file is empty")]
    [InlineData("msp-settings.json", "msp-settings.json: expected JSON, but the file is empty")]
    [InlineData("focus.csv", "focus.csv: expected a header with the columns of a usage file, but the file is empty")]
    public void Read_EmptyFile_SaysSo(string fileName, string problem)
    {
        Assert.Equal([problem], ImportFiles.Problems(fileName, ""));
        Assert.Equal([problem], ImportFiles.Problems(fileName, "\uFEFF\r\n"));
    }

    [Theory]
    [InlineData("time-entries.json", "[]")]
    [InlineData("focus.csv", ImportFiles.FocusHeader)]
    public void Read_Utf16_AsksForUtf8(string fileName, string text)
    {
        var expected = $"{fileName}: found 'UTF-16', expected text in UTF-8; save the file as UTF-8";
        foreach (var encoding in new Encoding[] { Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            Assert.Equal(expected, Assert.Single(ImportFiles.Read(fileName, [.. encoding.Preamble, .. encoding.GetBytes(text)]).Problems).ToString());
            Assert.Equal(expected, Assert.Single(ImportFiles.Read(fileName, encoding.GetBytes(text)).Problems).ToString());
        }
    }

    [Theory]
    [InlineData("time-entries.json", "[\r\n{\"name\":\"Zoë Caf*", "time-entries.json, line 2, column 17: found 'byte 0xE9', expected text in UTF-8; save the file as UTF-8")]
    [InlineData("focus.csv", ImportFiles.FocusHeader + "\r\nZoë,Caf*", "focus.csv, line 2, column 8: found 'byte 0xE9', expected text in UTF-8; save the file as UTF-8")]
    public void Read_ByteThatIsNotUtf8_SaysWhere(string fileName, string text, string problem)
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(text).Select(value => value == '*' ? (byte)0xE9 : value), (byte)'"'];

        Assert.Equal([problem], ImportFiles.Read(fileName, bytes).Problems.Select(found => found.ToString()));
    }

    [Theory]
    [InlineData("time-entries.json", "[" + ImportFiles.TimeEntry + "]")]
    [InlineData("msp-settings.json", ImportFiles.Settings)]
    [InlineData("focus.csv", ImportFiles.FocusHeader + "\n" + ImportFiles.FocusRow)]
    public void Read_ByteOrderMark_ChangesNothing(string fileName, string text) =>
        Assert.Equal(Contents(ImportFiles.Read(fileName, text)), Contents(ImportFiles.Read(fileName, "\uFEFF" + text)));

    [Fact]
    public void Read_MoreThanTwentyProblems_ShowsTwentyAndStops()
    {
        var twenty = ImportFiles.Read("time-entries.json", "[" + string.Join(",\n", Enumerable.Repeat("7", 20)) + "]");
        var more = ImportFiles.Read("time-entries.json", "[" + string.Join(",\n", Enumerable.Repeat("7", 21)) + "]");

        Assert.Equal((20, false), (twenty.Problems.Count, twenty.MoreProblems));
        Assert.Equal((20, true), (more.Problems.Count, more.MoreProblems));
        Assert.Equal(Enumerable.Range(1, 20), more.Problems.Select(problem => problem.Line));
    }

    [Fact]
    public void Read_OneWrongRecord_TakesNone()
    {
        var result = ImportFiles.Read("time-workroles.json", """[{"id":1,"name":"Engineer"},{"id":2}]""");

        Assert.Empty(result.Records);
        Assert.Equal("time-workroles.json, line 1, column 29: name: expected a text, but it is missing", Assert.Single(result.Problems).ToString());
    }

    [Fact]
    public void Read_LongValue_IsShortenedToEightyCharacters()
    {
        var problem = Assert.Single(ImportFiles.Read("time-workroles.json", $$"""[{"id":"{{new string('9', 500)}}","name":"Engineer"}]""").Problems);

        Assert.Equal(new string('9', 79) + "…", problem.Value);
    }

    [Theory]
    [InlineData("time-entries.json", "[\"")]
    [InlineData("time-entries.json", "[")]
    [InlineData("time-entries.json", "[{\"a\":")]
    [InlineData("focus.csv", "")]
    [InlineData("focus.csv", "\"")]
    public void Read_FiftyMegabytesOnOneLine_IsRefusedInBoundedMemory(string fileName, string start)
    {
        var bytes = new byte[50_000_000];
        Array.Fill(bytes, (byte)'7');
        Encoding.UTF8.GetBytes(start).CopyTo(bytes, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var result = ImportFiles.Read(fileName, bytes);

        Assert.Single(result.Problems);
        var most = fileName == "focus.csv" ? 20_000_000 : 60_000_000;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, most);
    }

    [Fact]
    public void Read_FileOverTheLimit_IsRefusedUnread()
    {
        using var json = new LongStream(64_000_001);
        using var csv = new LongStream(20_000_000_001);

        Assert.Equal(
            "time-entries.json: found '64,000,001 bytes', expected at most 64,000,000 bytes of JSON; split the file",
            Assert.Single(ImportReader.Read("time-entries.json", null, json).Problems).ToString());
        Assert.Equal(
            "focus.csv: found '20,000,000,001 bytes', expected at most 20,000,000,000 bytes; split the file",
            Assert.Single(ImportReader.Read("focus.csv", null, csv).Problems).ToString());
    }

    private static string Contents(ImportResult result) =>
        string.Join('\n', result.Records.Select(record => Encoding.UTF8.GetString(RecordJson.Serialize(record))));

    /// <summary>A stream that tells its length and fails when it is read.</summary>
    private sealed class LongStream(long length) : MemoryStream
    {
        public override long Length => length;

        public override int Read(Span<byte> buffer) => throw new IOException();

        public override int Read(byte[] buffer, int offset, int count) => throw new IOException();
    }
}
