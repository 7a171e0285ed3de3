using System.Text;
using MspBilling.Adapters.Agreements;
using MspBilling.Adapters.Capture;
using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Capture.Csv;

public sealed class AgreementsCsvTests
{
    private const string Header = "agreement,client,currency,from,to,kind,line,service,quantity,price,cycle,role,minimum hours,increment hours,included,markup percent,sku,unit\n";

    [Fact]
    public void Read_FlatForm_IsTheSameAsTheJsonForm()
    {
        const string csv = Header + """
            corrib,CORRIB,EUR,2024-01-01,2024-10-01,recurring,fee,Managed services,,1200,,,,,,,,
            corrib,CORRIB,EUR,2024-01-01,2024-10-01,recurring,,Licences,42,18.5,quarterly,,,,,,,seat
            corrib,CORRIB,EUR,2024-01-01,2024-10-01,recurring,,Backup,counts,4,,,,,,,BKP|BKP-2,
            corrib,CORRIB,EUR,2024-01-01,2024-10-01,time,,Support,,95,,Engineer,0:15,0.25,,,,
            corrib,CORRIB,EUR,2024-01-01,2024-10-01,time,,Support,,120,,Architect,,,,,,
            corrib,CORRIB,EUR,2024-01-01,2024-10-01,retainer,hours,Support,,,,,,,10,,,
            corrib,CORRIB,EUR,2024-01-01,2024-10-01,usage,cloud,Cloud,,,,,,,,15,,
            corrib,CORRIB,EUR,2024-01-01,2024-10-01,usage,gb,Storage,,0.02,,,,,100,,GB-*,GB
            corrib,CORRIB,EUR,2024-01-01,2024-10-01,expenses,,Expenses,,,,,,,,10,,
            corrib,CORRIB,EUR,2024-10-01,,recurring,fee,Managed services,,1250,,,,,,,,
            """;
        const string json = """
            { "id": "corrib", "client": "CORRIB", "name": "corrib", "currency": "EUR", "versions": [
              { "from": "2024-01-01", "to": "2024-10-01", "lines": [
                { "kind": "recurring", "id": "fee", "service": "Managed services", "quantity": { "of": "flat" }, "prices": [ { "price": 1200 } ] },
                { "kind": "recurring", "id": "licences", "service": "Licences", "unit": "seat", "cycleMonths": 3, "quantity": { "of": "agreed", "steps": [ { "from": "2024-01-01", "quantity": 42 } ] }, "prices": [ { "price": 18.5 } ] },
                { "kind": "recurring", "id": "backup", "service": "Backup", "match": { "skus": [ "BKP", "BKP-2" ] }, "quantity": { "of": "counts", "aggregation": "last" }, "prices": [ { "price": 4 } ] },
                { "kind": "time", "id": "support", "service": "Support", "rates": [ { "role": "Engineer", "price": 95 }, { "role": "Architect", "price": 120 } ], "minimumHours": 0.25, "incrementHours": 0.25 },
                { "kind": "retainer", "id": "hours", "service": "Support", "included": 10 },
                { "kind": "usage", "id": "cloud", "service": "Cloud", "pricing": { "model": "markup", "percent": 15 } },
                { "kind": "usage", "id": "gb", "service": "Storage", "match": { "skus": [ "GB-*" ] }, "unit": "GB", "included": 100, "pricing": { "model": "perUnit", "price": 0.02 } },
                { "kind": "expenses", "id": "expenses", "service": "Expenses", "markupPercent": 10 } ] },
              { "from": "2024-10-01", "lines": [
                { "kind": "recurring", "id": "fee", "service": "Managed services", "quantity": { "of": "flat" }, "prices": [ { "price": 1250 } ] } ] } ] }
            """;

        var flat = Assert.Single(CsvImports.Records<AgreementDocument>("agreements.csv", csv));

        Assert.Equal(Written(Assert.Single(ImportFiles.Records<AgreementDocument>("agreements.json", json))), Written(flat));
        static string Written(AgreementDocument document) => Encoding.UTF8.GetString(AgreementWriter.Write(document));
    }

    [Theory]
    [InlineData("a,C,EUR,2024-01-01,,discount,,S,,5,,,,,,,,", "line 2, column 21: kind is 'discount', expected one of recurring, time, retainer, usage, expenses; what the flat form cannot say is said in agreements.json")]
    [InlineData("a,C,EUR,2024-01-01,,time,,S,3,95,,,,,,,,", "line 2, column 29: quantity is '3', expected nothing, as a time line has no quantity here; what the flat form cannot say is said in agreements.json")]
    [InlineData("a,C,EUR,2024-01-01,,recurring,,S,,,,,,,,,,", "line 2, column 35: price: expected at least one price, or a pricing, but it is missing")]
    [InlineData("a,C,EUR,2024-01-01,,recurring,a b,S,,5,,,,,,,,", "line 2, column 31: line is 'a b', expected an id of letters, digits, - _ and ., which begins with a letter or digit, at most 64 long")]
    [InlineData("a,C,EUR,2024-01-01,2023-01-01,recurring,,S,,5,,,,,,,,", "line 2, column 20: to is '2023-01-01', expected a date after from, as to is the first day after")]
    [InlineData("a,C,EUR,2024-01-01,,usage,,S,,,,,,,,,,", "line 2, column 31: price: expected a price or a markup percent, one of both")]
    [InlineData("a,C,EUR,2024-01-01,,retainer,,Other,,,,,,,10,,,\na,C,EUR,2024-01-01,,recurring,,S,5,-1,,,,,,,,", "line 3, column 36: price is '-1', expected a number of 0 or more, below a trillion")]
    [InlineData("a,C,EUR,2024-01-01,,recurring,,S,,5,,,,,,,,\na,D,EUR,2024-01-01,,recurring,,T,,5,,,,,,,,", "line 3, column 3: client is 'D', expected the same in each row of an agreement, or nothing after the first")]
    [InlineData("a,C,EUR,2024-01-01,2024-02-01,recurring,,S,,5,,,,,,,,\na,C,EUR,2024-03-01,,recurring,,S,,5,,,,,,,,", "line 3, column 9: from is '2024-03-01', expected 2024-02-01, on which the version before ends")]
    [InlineData("a,C,EUR,2024-01-01,,recurring,,S,,5,weekly,,,,,,,", "line 2, column 37: cycle is 'weekly', expected one of monthly, quarterly, half-yearly, yearly, annual, 1, 3, 6, 12")]
    public void Read_WhatIsWrong_IsToldAtItsCell(string rows, string expected)
    {
        var told = CsvImports.Problems("agreements.csv", Header + rows).Replace("agreements.csv, ", "", StringComparison.Ordinal).Replace("\n", "; ", StringComparison.Ordinal);

        Assert.Equal(expected, told);
    }

    [Fact]
    public void IsOfAgreements_BothForms() => Assert.Equal(
        (true, true, true, false),
        (ImportReader.IsOfAgreements("agreements"), ImportReader.IsOfAgreements("agreements-csv"), ImportReader.IsOfAgreements("agreements-csv?decimals=%2C"), ImportReader.IsOfAgreements("time-csv")));
}
