using System.Text;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Capture.Csv;
using MspBilling.Core;
using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Capture.Csv;

public sealed class CsvFilesTests
{
    private const string Counts = "client,product,date,quantity\nC,S,2024-09-30,1\n";

    [Theory]
    [InlineData("time.csv", "time-csv")]
    [InlineData("exports/toggl-time.csv", "time-csv")]
    [InlineData("TIME-2024-09.CSV", "time-csv")]
    [InlineData("time_september.csv", "time-csv")]
    [InlineData("expenses.csv", "expenses-csv")]
    [InlineData("counts-2024-09.csv", "counts-csv")]
    [InlineData("acme-agreements.csv", "agreements-csv")]
    public void Read_FileName_TellsTheFormat(string fileName, string format) => Assert.Equal(format, CsvImports.Read(fileName, "x_\n").Format);

    [Theory]
    [InlineData("Client;Person;Date;Hours", "time-csv")]
    [InlineData("sep=;\nclient;person;date;hours", "time-csv")]
    [InlineData("client,date,description,unit price", "expenses-csv")]
    [InlineData("client\tproduct\tdate\tquantity", "counts-csv")]
    [InlineData("agreement,client,from,kind,service", "agreements-csv")]
    [InlineData("client,person,date,hours,colour", "")]
    [InlineData("client,person,date", "")]
    [InlineData("", "")]
    public void Read_NameThatTellsNothing_IsToldByItsHeader(string header, string format) => Assert.Equal(format, CsvImports.Read("export.csv", header + "\n").Format);

    [Theory]
    [InlineData("Client,PRODUCT,Date,Quantity", "C,S,2024-09-30,1")]
    [InlineData("quantity,date,product,client", "1,2024-09-30,S,C")]
    [InlineData("client;product;date;quantity", "C;S;2024-09-30;1")]
    [InlineData("client\tproduct\tdate\tquantity", "C\tS\t2024-09-30\t1")]
    [InlineData("sep=;\nclient;product;date;quantity", "C;S;2024-09-30;1")]
    [InlineData("SEP=;;;\nclient;product;date;quantity", "C;S;2024-09-30;1")]
    [InlineData("\"client\";\"product\";\"date\";\"quantity\"", "C;S;2024-09-30;1")]
    [InlineData("\n\nclient, product ,date,quantity", " C , S ,2024-09-30, 1 ")]
    [InlineData("customer,s k u,counted_on,Qty", "C,S,2024-09-30,1")]
    [InlineData("client,product,date,quantity,x_colour,X-note", "C,S,2024-09-30,1,red,\"a\nb\"")]
    [InlineData("client,product,date,quantity,,,", "C,S,2024-09-30,1,,,")]
    [InlineData("client,product,date,quantity,subject,tags", "C,S,2024-09-30,1")]
    [InlineData("client,product,date,quantity", "C,S,2024-09-30,1,,,")]
    [InlineData("client,product,date,quantity", ",,,\nC,S,2024-09-30,1\n,,,\n , , ,\n\n")]
    [InlineData("client,product,date,quantity", "=\"C\",=\"S\",=\"2024-09-30\",=\"1\"")]
    [InlineData("client,product,date,quantity", "\"=\"\"C\"\"\",S,2024-09-30,1")]
    public void Read_WaysOfWriting_AreOneFile(string header, string rows)
    {
        foreach (var lineEnd in new[] { "\n", "\r\n", "\r" })
        {
            var count = Assert.Single(CsvImports.Records<Count>("counts.csv", $"{header}\n{rows}\n".Replace("\n", lineEnd, StringComparison.Ordinal)));
            Assert.Equal(("C", "S", new DateOnly(2024, 9, 30), 1m), (count.CompanyId, count.Sku, count.Day, count.Quantity));
        }
    }

    [Theory]
    [InlineData("utf-8", true, null)]
    [InlineData("utf-8", false, null)]
    [InlineData("utf-16", true, null)]
    [InlineData("utf-16BE", true, null)]
    [InlineData("windows-1252", false, "windows-1252")]
    public void Read_Encoding_IsToldOrDeclared(string name, bool hasMark, string? declared)
    {
        var encoding = name == "windows-1252" ? CodePagesEncodingProvider.Instance.GetEncoding(name)! : Encoding.GetEncoding(name);
        byte[] bytes = [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes("client\tproduct\tdate\tquantity\r\nMüller €\tS\t2024-09-30\t1\r\n")];

        Assert.Equal("Müller €", Assert.Single(CsvImports.Records<Count>("counts.csv", bytes, new CsvDeclaration(Encoding: declared))).CompanyId);
    }

    [Fact]
    public void Read_Windows1252Undeclared_SaysWhatToDeclare()
    {
        var result = CsvImports.Read("counts.csv", Encoding.Latin1.GetBytes("client,product,date,quantity\nMüller,S,2024-09-30,1"));

        Assert.Equal(
            "counts.csv, line 2, column 2: found 'byte 0xFC', expected text in UTF-8; save the file as UTF-8, or declare the encoding windows-1252 if that is what it has",
            Assert.Single(result.Problems).ToString());
    }

    [Fact]
    public void Read_HalfACharacterOfUtf16_IsRefusedInItsPlace() => Assert.Equal(
        (2, 1),
        Assert.Single(CsvImports.Read("counts.csv", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("client,product,date,quantity\n"), 0x00, 0xD8, .. Encoding.Unicode.GetBytes(",S,2024-09-30,1\n")]).Problems) is var p ? (p.Line, p.Column) : default);

    [Theory]
    [InlineData("client,product,date", "line 1: quantity: expected a column of this name in the header")]
    [InlineData("client,customer,product,date,quantity", "line 1, column 8: client is 'customer', expected each column once in the header")]
    [InlineData("client,product,date,quantity,colour", "line 1, column 30: found 'colour', expected a column of counts-csv: id, source, client, client name, product, description, date, quantity, subject, tags; put x_ before the name of one that is not to be read")]
    [InlineData("client,product,date,quantity\nC,S,2024-09-30,1,more", "line 2, column 18: found 'more', expected nothing in column 5, which has no name in the header")]
    [InlineData("client,product,date,quantity\n,S,2024-09-30,1", "line 2, column 1: client: expected an id or a name")]
    [InlineData("client,product,date,quantity\nC,1.23E+12,2024-09-30,1", "line 2, column 3: product is '1.23E+12', expected the id in full: a spreadsheet has shortened this one; format the column as text, enter it again and save")]
    [InlineData("client,product,date,quantity\nC,#REF!,2024-09-30,1", "line 2, column 3: product is '#REF!', expected an id or a name, but the spreadsheet could not compute or show this one")]
    [InlineData("client,product,date,quantity\nC,S,########,1", "line 2, column 5: date is '########', expected a date like 2024-09-18, but the spreadsheet could not compute or show this one")]
    [InlineData("client,product,date,quantity\nC,=A1,2024-09-30,1", "line 2, column 3: product is '=A1', expected an id or a name, but this is a formula")]
    [InlineData("client;product;date;quantity\nC;\"S\"x;2024-09-30;1", "line 2, column 6: found '\"', expected a semicolon or the end of the line after a closing quote; a quote inside a quoted cell is doubled")]
    [InlineData("client,product,date,quantity\nC,a\"b,2024-09-30,1", "line 2, column 4: found '\"', expected no quote inside a cell that does not start with one")]
    [InlineData("", "expected a header with the names of the columns, but the file is empty")]
    [InlineData("sep=;\r\n", "expected a header with the names of the columns, but the file is empty")]
    public void Read_WhatIsWrong_IsToldInItsPlace(string text, string expected) =>
        Assert.Equal($"counts.csv{(expected.StartsWith("expected", StringComparison.Ordinal) ? ": " : ", ")}{expected}", CsvImports.Problems("counts.csv", text));

    [Theory]
    [InlineData("'00123", "00123")]
    [InlineData("=\"00123\"", "00123")]
    [InlineData("'tis", "'tis")]
    [InlineData("1E5", "1E5")]
    [InlineData("00123", "00123")]
    public void Read_IdOfASpreadsheet_KeepsItsSigns(string cell, string expected) =>
        Assert.Equal(expected, Assert.Single(CsvImports.Records<Count>("counts.csv", $"client,product,date,quantity\nC,{cell},2024-09-30,1")).Sku);

    [Theory]
    [InlineData("12.50", "EUR", null, 12.5)]
    [InlineData("€12.50", "EUR", null, 12.5)]
    [InlineData("12.50 €", "EUR", null, 12.5)]
    [InlineData("-€ 12.50", "EUR", null, -12.5)]
    [InlineData("EUR 12.50", "eur", null, 12.5)]
    [InlineData("$12.50", "CAD", null, 12.5)]
    [InlineData("\"1.234,50 €\"", "EUR", "de-DE", 1234.5)]
    [InlineData("£12.50", "EUR", null, null)]
    [InlineData("USD 12.50", "EUR", null, null)]
    public void Read_Amount_HasNoOtherCurrencysSymbol(string cell, string currency, string? culture, double? expected)
    {
        var result = CsvImports.Read("expenses.csv", $"client;date;description;unit price;currency\nC;2024-09-30;SSD;{cell};{currency}", new CsvDeclaration(culture));

        if (expected is null)
            Assert.Equal($"expenses.csv, line 2, column 18: unit price is '{cell}', expected an amount in EUR, with no other currency's symbol, below a trillion", result.Problems[0].ToString().Replace(", written like 1234.5; for other separators declare the culture, such as culture de-DE", "", StringComparison.Ordinal));
        else
            Assert.Equal((decimal)expected, Assert.IsType<Expense>(Assert.Single(result.Records)).UnitPrice);
    }

    [Fact]
    public void Read_Expense_EveryColumnIsTaken()
    {
        var expense = Assert.Single(CsvImports.Records<Expense>(
            "expenses.csv",
            "id,client,agreement,date,description,sku,person,ticket,project,quantity,price,cost,billable,status,tags\n9,C,A,2024-09-30,SSD 1 TB,SSD-1,Nora,41551,Move,2,90,75.5,no charge,Approved,hw\n",
            new CsvDeclaration(Currency: "EUR")));

        Assert.Equal(
            ("csv/Expense/9", "A", "SSD 1 TB", "SSD-1", "Nora", "41551", "Move", 2m, 90m, 75.5m, Currency.Of("EUR"), BillingOption.NoCharge, "Approved"),
            (expense.Id.ToString(), expense.AgreementId, expense.Description, expense.Sku, expense.TechnicianName, expense.TicketId, expense.ProjectId, expense.Quantity, expense.UnitPrice, expense.UnitCost, expense.Currency, expense.Option, expense.Status));
    }

    [Fact]
    public void Template_OfEachKind_IsReadAsItsFormat()
    {
        Assert.Equal(["time", "expenses", "counts", "agreements", "payments"], CsvFiles.Kinds);
        Assert.All(CsvFiles.Kinds, kind =>
        {
            var result = CsvImports.Read("export.csv", CsvFiles.Template(kind)!);
            Assert.Equal((kind + "-csv", 0), (result.Format, result.Problems.Count));
        });
        Assert.Null(CsvFiles.Template("colours"));
    }

    [Fact]
    public void Declare_OfAnotherFormat_ChangesNothing() => Assert.Equal(
        ((string?)null, (string?)null), ImportReader.Declare("time-entries.json", null, new CsvDeclaration("de-DE"), new MemoryStream(Encoding.UTF8.GetBytes(Counts))));
}
