using System.Text;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Capture.Csv;
using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Capture.Csv;

public sealed class CsvDialectTests
{
    private const string Header = "client,product,date,quantity";

    [Theory]
    [InlineData("1234.5", null, 1234.5)]
    [InlineData("-0", null, 0)]
    [InlineData("1.234,5", "de-DE", 1234.5)]
    [InlineData("1.234.567", "de-DE", 1234567)]
    [InlineData("0,5", "de-DE", 0.5)]
    [InlineData("1,234.5", "en-US", 1234.5)]
    [InlineData("1 234,5", "fr-FR", 1234.5)]
    [InlineData("1\u00A0234,5", "fr-FR", 1234.5)]
    [InlineData("1\u202F234,5", "fr-FR", 1234.5)]
    [InlineData("1'234.5", "de-CH", 1234.5)]
    [InlineData("1\u2019234.5", "de-CH", 1234.5)]
    [InlineData("12,34,567.5", "en-IN", 1234567.5)]
    public void Read_Number_IsOfItsCulture(string cell, string? culture, double expected) => Assert.Equal((decimal)expected, Quantity(cell, culture));

    [Theory]
    [InlineData("1,5", null, "a quantity of 0 or more, written like 1234.5; for other separators declare the culture, such as culture de-DE")]
    [InlineData("1,234.5", null, "a quantity of 0 or more, written like 1234.5; for other separators declare the culture, such as culture de-DE")]
    [InlineData("1.5", "de-DE", "a quantity of 0 or more, written like 1.234,5 as declared")]
    [InlineData("1.23", "de-DE", "a quantity of 0 or more, written like 1.234,5 as declared")]
    [InlineData("1,23", "en-US", "a quantity of 0 or more, written like 1,234.5 as declared")]
    [InlineData("1,2345.5", "en-US", "a quantity of 0 or more, written like 1,234.5 as declared")]
    [InlineData("1,,234", "en-US", "a quantity of 0 or more, written like 1,234.5 as declared")]
    [InlineData("1.", null, "a quantity of 0 or more")]
    [InlineData(".5", null, "a quantity of 0 or more")]
    [InlineData("(5)", null, "a quantity of 0 or more")]
    [InlineData("-5", null, "a quantity of 0 or more")]
    [InlineData("\u0665", null, "a quantity of 0 or more")]
    [InlineData("1000000000000", null, "a quantity of 0 or more")]
    [InlineData("1.5E+3", null, "a quantity of 0 or more, in full: a spreadsheet has shortened this one; give the column a number format without an exponent and save again")]
    [InlineData("#DIV/0!", null, "a quantity of 0 or more, but the spreadsheet could not compute or show this one")]
    public void Read_OtherNumber_SaysWhatIsExpected(string cell, string? culture, string expected) => Assert.Equal(
        $"counts.csv, line 2, column 16: quantity is '{cell}', expected {expected}",
        CsvImports.Problems("counts.csv", $"{Header}\nC,S,2024-09-30,\"{cell}\"", culture is null ? null : new CsvDeclaration(culture)));

    [Theory]
    [InlineData("2024-04-03", null, null)]
    [InlineData("2024-04-03T00:00:00", null, null)]
    [InlineData("03.04.2024", "dd.MM.yyyy", null)]
    [InlineData("3.4.2024", "dd.MM.yyyy", null)]
    [InlineData("03.04.2024 00:00", "dd.MM.yyyy", null)]
    [InlineData("04/03/2024", "MM/dd/yyyy", null)]
    [InlineData("4/3/24", "M/d/yy", null)]
    [InlineData("03-Apr-2024", "dd-MMM-yyyy", null)]
    [InlineData("2024/4/3", "yyyy/MM/dd", null)]
    [InlineData("2024-04-03", "dd.MM.yyyy", null)]
    [InlineData("03.04.2024", null, "de-DE")]
    [InlineData("03/04/2024", null, "en-GB")]
    [InlineData("04/03/2024", null, "en-US")]
    [InlineData("4/3/2024", null, "en-US")]
    [InlineData("03/04/2024", "dd/MM/yyyy", "en-US")]
    [InlineData("2024. 04. 03.", "yyyy. MM. dd", "hu-HU", true)]
    [InlineData("45385", "excel", null)]
    [InlineData("43923", "excel-1904", null)]
    [InlineData("2024-04-03", "excel", null)]
    public void Read_Date_IsAsDeclared(string cell, string? dates, string? culture, bool isRefused = false)
    {
        var result = CsvImports.Read("counts.csv", $"{Header}\nC,S,{cell},1", new CsvDeclaration(culture, dates));
        Assert.Equal(isRefused, result.Problems.Count > 0);
        if (!isRefused)
            Assert.Equal(new DateOnly(2024, 4, 3), Assert.IsType<Count>(Assert.Single(result.Records)).Day);
    }

    [Theory]
    [InlineData("03/04/2024", null, "a date like 2024-09-18; for other ways of writing declare which, such as dates dd/MM/yyyy or culture en-GB")]
    [InlineData("25/12/2024", null, "a date like 2024-09-18; for other ways of writing declare which, such as dates dd/MM/yyyy or culture en-GB")]
    [InlineData("45385", null, "a date like 2024-09-18; for serial numbers of a spreadsheet declare dates excel")]
    [InlineData("25/12/2024", "MM/dd/yyyy", "a date like 2024-09-18 or as MM/dd/yyyy, as declared")]
    [InlineData("31.11.2024", "dd.MM.yyyy", "a date like 2024-09-18 or as dd.MM.yyyy, as declared")]
    [InlineData("60", "excel", "a date like 2024-09-18 or a serial number of a spreadsheet, as declared")]
    [InlineData("2024-02-30", null, "a date like 2024-09-18; for other ways of writing declare which, such as dates dd/MM/yyyy or culture en-GB")]
    [InlineData("0024-02-03", null, "a date like 2024-09-18; for other ways of writing declare which, such as dates dd/MM/yyyy or culture en-GB")]
    [InlineData("2024-04-03T09:00", null, "a date without a time of day")]
    public void Read_OtherDate_SaysWhatToDeclare(string cell, string? dates, string expected) => Assert.Equal(
        $"counts.csv, line 2, column 5: date is '{cell}', expected {expected}",
        CsvImports.Problems("counts.csv", $"{Header}\nC,S,{cell},1", new CsvDeclaration(Dates: dates)));

    [Theory]
    [InlineData("45553.375", "2024-09-18T07:00:00Z")]
    [InlineData("45553.3958333333", "2024-09-18T07:30:00Z")]
    [InlineData("45553.9999999", "2024-09-18T22:00:00Z")]
    public void Read_SerialWithATime_IsOfTheSecond(string cell, string expected) => Assert.Equal(
        DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
        Assert.Single(CsvImports.Records<TimeEntry>("time.csv", $"client,person,start,hours\nC,P,{cell},1", CsvImports.Berlin with { Dates = "excel" })).Start);

    [Theory]
    [InlineData("culture", "xx-XX", "culture is 'xx-XX', expected a culture such as de-DE or en-US")]
    [InlineData("culture", "", "culture is '', expected a culture such as de-DE or en-US")]
    [InlineData("dates", "dd.MM", "dates is 'dd.MM', expected a pattern of dd, MM and yyyy such as dd.MM.yyyy or MM/dd/yyyy, or excel or excel-1904 for serial numbers")]
    [InlineData("dates", "dd.MM.yyyy HH:mm", "dates is 'dd.MM.yyyy HH:mm', expected a pattern of dd, MM and yyyy such as dd.MM.yyyy or MM/dd/yyyy, or excel or excel-1904 for serial numbers")]
    [InlineData("zone", "Berlin", "zone is 'Berlin', expected a time zone such as Europe/Berlin")]
    [InlineData("encoding", "latin-9", "encoding is 'latin-9', expected one of utf-8, utf-16, windows-1252")]
    [InlineData("currency", "Euro", "currency is 'Euro', expected an ISO 4217 currency code such as EUR")]
    [InlineData("source", "a/b", "source is 'a/b', expected a name of letters, digits, - _ and ., at most 40 long, such as toggl")]
    public void Declare_WhatIsNot_SaysWhatToWrite(string name, string value, string expected)
    {
        var declaration = name switch
        {
            "culture" => new CsvDeclaration(Culture: value),
            "dates" => new CsvDeclaration(Dates: value),
            "zone" => new CsvDeclaration(Zone: value),
            "encoding" => new CsvDeclaration(Encoding: value),
            "currency" => new CsvDeclaration(Currency: value),
            _ => new CsvDeclaration(Source: value),
        };

        Assert.Equal((null, expected), ImportReader.Declare("time.csv", null, declaration, new MemoryStream()));
    }

    // The format that is kept is read as the declaration was, whatever this machine knows of cultures then.
    [Theory]
    [InlineData("de-DE", null, "counts-csv?decimals=%2C&thousands=.&dates=dd.MM.yyyy")]
    [InlineData("en-US", "excel", "counts-csv?thousands=%2C&dates=excel")]
    [InlineData(null, "dd/MM/yyyy", "counts-csv?dates=dd%2FMM%2Fyyyy")]
    [InlineData(null, null, "counts-csv")]
    public void Declare_Facts_AreKeptInTheFormat(string? culture, string? dates, string expected)
    {
        var result = CsvImports.Read("counts.csv", Header, new CsvDeclaration(culture, dates));

        Assert.Equal(expected, result.Format);
        Assert.Equal(expected, ImportReader.Read("counts.csv", result.Format, new MemoryStream(Encoding.UTF8.GetBytes(Header))).Format);
    }

    [Theory]
    [InlineData("counts-csv?")]
    [InlineData("counts-csv?dates")]
    [InlineData("counts-csv?dates=never")]
    [InlineData("counts-csv?colour=red")]
    [InlineData("focus?dates=excel")]
    public void Read_FormatThatNobodyWrote_IsUnknown(string format) =>
        Assert.StartsWith($"counts.csv: found '{format}', expected a known format", ImportReader.Read("counts.csv", format, new MemoryStream()).Problems[0].ToString(), StringComparison.Ordinal);

    private static decimal Quantity(string cell, string? culture) =>
        Assert.Single(CsvImports.Records<Count>("counts.csv", $"{Header}\nC,S,2024-09-30,\"{cell}\"", culture is null ? null : new CsvDeclaration(culture))).Quantity;
}
