using Xunit;

namespace MspBilling.Tests.Rating;

/// <summary>Cases that are wrong: each problem with its path, its value and what was expected; nothing of them is computed.</summary>
public sealed class CaseFileProblemTests
{
    private const string Client = "\"client\":{\"name\":\"A\",\"currency\":\"EUR\"}";
    private const string Places = "case.json, line 1, column ";

    [Theory]
    [InlineData("", "case.json: expected JSON, but the file is empty")]
    [InlineData("[]", Places + "1: found '[]', expected one object in braces")]
    [InlineData("{\"period\":", Places + "11: expected valid JSON, but the file ends too early: it is cut off or a bracket is missing")]
    [InlineData("{" + Client + "}", Places + "1: period: expected a month like 2024-09, or from and to, but it is missing")]
    [InlineData("{\"period\":\"2024-13\"," + Client + "}", Places + "11: period is '2024-13', expected a month like 2024-09, or from and to")]
    [InlineData("{\"period\":\"1969-12\"," + Client + "}", Places + "11: period is '1969-12', expected a month like 2024-09, or from and to")]
    [InlineData("{\"period\":5," + Client + "}", Places + "11: period is '5', expected an object in braces")]
    [InlineData("{\"period\":{\"from\":\"2024-09-01\"}," + Client + "}", null)]
    [InlineData("{\"period\":{\"from\":\"2024-09-02\",\"to\":\"2024-09-02\"}," + Client + "}", Places + "37: period.to is '2024-09-02', expected a date after from, as to is the first day after")]
    [InlineData("{\"period\":{\"from\":\"2024-01-01\",\"to\":\"2025-01-02\"}," + Client + "}", Places + "11: period is '{\"from\":\"2024-01-01\",\"to\":\"2025-01-02\"}', expected at most 366 days, from 1970 to 2199")]
    [InlineData("{\"period\":\"2024-09\"}", Places + "1: client: expected an object in braces, but it is missing")]
    [InlineData("{\"period\":\"2024-09\",\"client\":\"A\"}", Places + "30: client is 'A', expected an object in braces")]
    [InlineData("{\"period\":\"2024-09\",\"client\":{\"currency\":\"EUR\"}}", Places + "30: client.name: expected a text, but it is missing")]
    [InlineData("{\"period\":\"2024-09\",\"client\":{\"name\":\"A\",\"currency\":\"Euro\"}}", Places + "53: client.currency is 'Euro', expected an ISO 4217 currency code such as EUR")]
    [InlineData("{\"period\":\"2024-09\",\"client\":{\"id\":\"A\",\"name\":\"A\",\"currency\":\"EUR\"}}", Places + "36: client.id is 'A', expected a client's id, which begins with cw-, like cw-250")]
    public void Read_WrongFileOrClient_SaysWhere(string json, string? problem)
    {
        var said = Said(json);
        if (problem is not null)
            Assert.Equal([problem], said);
        else
            Assert.NotEmpty(said);
    }

    // After the least case and a comma, an inserted text begins in column 89.
    [Theory]
    [InlineData("\"clients\":[]", "clients: expected no such property; known here are ")]
    [InlineData("\"period\":\"2024-10\"", "period: expected each property once")]
    [InlineData("\"tax\":{}", "tax.rates: expected a list in brackets, but it is missing")]
    [InlineData("\"tax\":{\"rates\":[{\"name\":\"VAT\"}]}", "tax.rates[0].percent: expected a number from 0 to 100, but it is missing")]
    [InlineData("\"tax\":{\"rates\":[{\"name\":\"VAT\",\"percent\":101}]}", "tax.rates[0].percent is '101', expected a number from 0 to 100")]
    [InlineData("\"tax\":{\"rates\":[{\"name\":\"VAT\",\"percent\":1},{\"name\":\"VAT\",\"percent\":2}]}", "tax.rates[1].name is 'VAT', expected days on which no other rate named VAT holds")]
    [InlineData("\"tax\":{\"rates\":[],\"rate\":1}", "tax.rate: expected no such property; known here are name, note, rates")]
    [InlineData("\"rates\":[{\"role\":\"Engineer\"}]", "rates[0].price: expected a number above 0, below a trillion, but it is missing")]
    [InlineData("\"rates\":[{\"role\":\"Engineer\",\"price\":0}]", "rates[0].price is '0', expected a number above 0, below a trillion")]
    [InlineData("\"rates\":[{\"price\":1}],\"rateCards\":[{\"currency\":\"EUR\",\"rates\":[]}]", "rateCards is '[{\"currency\":\"EUR\",\"rates\":[]}]', expected cards in other currencies than EUR, whose rates stand under rates")]
    [InlineData("\"calendars\":[{\"name\":\"night\",\"hours\":[]}]", "calendars[0].hours is '[]', expected at least one span of business hours")]
    [InlineData("\"rules\":[{\"id\":\"a\",\"name\":\"A\",\"match\":{},\"effect\":{\"do\":\"vanish\"}}]", "rules[0].effect.do is 'vanish', expected one of setPrice, multiply, cap, waive, reclassify, hold")]
    [InlineData("\"projects\":[{\"id\":\"1\"}]", "projects[0].name: expected a text, but it is missing")]
    [InlineData("\"projects\":[{\"name\":\"A\"},{\"name\":\"A\"}]", "projects[1].name is 'A', expected each project once")]
    [InlineData("\"projects\":[{\"name\":\"A\"},{\"id\":\"A\",\"name\":\"B\"}]", "projects[1].id is 'A', expected each project once")]
    [InlineData("\"agreements\":{}", "agreements is '{}', expected a list in brackets")]
    [InlineData("\"agreements\":[{\"name\":\"Gold\"}]", "agreements[0].versions: expected at least one version, but it is missing")]
    [InlineData("\"agreements\":[{\"name\":\"G\",\"client\":\"cw-9\",VERSIONS}]", "agreements[0].client is 'cw-9', expected this case's client, cw-case or Corrib Foods, or none")]
    [InlineData("\"agreements\":[{\"name\":\"G\",\"calendar\":\"night\",VERSIONS}]", "agreements[0].calendar is 'night', expected a calendar of this case: standard")]
    [InlineData("\"agreements\":[{\"name\":\"G\",VERSIONS},{\"name\":\"G\",VERSIONS}]", "agreements[1].name is 'G', expected each agreement once")]
    [InlineData("\"agreements\":[{\"id\":\"g\",\"name\":\"G\",VERSIONS},{\"id\":\"g\",\"name\":\"H\",VERSIONS}]", "agreements[1].id is 'g', expected each agreement once")]
    [InlineData("\"agreements\":[{\"name\":\"G\",\"versions\":[{\"from\":\"2024-01-01\",\"lines\":[{\"kind\":\"time\",\"id\":\"t\",\"service\":\"S\",\"minimumHour\":1}]}]}]", "agreements[0].versions[0].lines[0].minimumHour: expected no such property; known here are ")]
    [InlineData("\"activities\":[5]", "activities[0] is '5', expected an object in braces")]
    [InlineData("\"activities\":[{}]", "activities[0].kind: expected a text, but it is missing")]
    [InlineData("\"activities\":[{\"kind\":\"times\"}]", "activities[0].kind is 'times', expected one of time, usage, device, addition, milestone, expense, count")]
    [InlineData("\"activities\":[{\"kind\":\"time\",\"hours\":1}]", "activities[0].start: expected a time like 2024-09-18T14:30, local or with its offset, but it is missing")]
    [InlineData("\"activities\":[{\"kind\":\"time\",\"start\":\"noon\",\"hours\":1}]", "activities[0].start is 'noon', expected a time like 2024-09-18T14:30, local or with its offset")]
    [InlineData("\"activities\":[{\"kind\":\"time\",\"start\":\"2024-09-10\",\"hours\":1}]", "activities[0].start is '2024-09-10', expected a time like 2024-09-18T14:30, local or with its offset")]
    [InlineData("\"activities\":[{\"kind\":\"time\",\"start\":12,\"hours\":1}]", "activities[0].start is '12', expected a text")]
    [InlineData("\"activities\":[{\"kind\":\"time\",\"start\":\"9999-12-31T23:00\",\"hours\":1}]", "activities[0].start is '9999-12-31T23:00', expected a time like 2024-09-18T14:30, local or with its offset")]
    [InlineData("\"activities\":[{\"kind\":\"time\",\"start\":\"2024-03-31T01:30\",\"hours\":1}]", "activities[0].start is '2024-03-31T01:30', expected a time with its offset, as the clocks of Europe/Dublin are put forward over this one")]
    [InlineData("\"activities\":[{\"kind\":\"time\",\"start\":\"2024-10-27T01:30\",\"hours\":1}]", "activities[0].start is '2024-10-27T01:30', expected a time with its offset, as the clocks of Europe/Dublin are put back over this one")]
    [InlineData("\"activities\":[{\"kind\":\"time\",\"start\":\"2024-09-10T09:00\"}]", "activities[0].hours: expected a number from 0 to 1000, but it is missing")]
    [InlineData("\"activities\":[{\"kind\":\"time\",\"start\":\"2024-09-10T09:00\",\"hours\":-1}]", "activities[0].hours is '-1', expected a number from 0 to 1000")]
    [InlineData("\"activities\":[{\"kind\":\"time\",\"start\":\"2024-09-10T09:00\",\"end\":\"2024-09-10T09:00\"}]", "activities[0].end is '2024-09-10T09:00', expected a time after start, by at most 1000 hours")]
    [InlineData("\"activities\":[{\"kind\":\"time\",\"start\":\"2024-09-10T09:00\",\"end\":\"2024-09-10T10:00\",\"hours\":1.5}]", "activities[0].hours is '1.5', expected at most the hours from start to end")]
    [InlineData("\"activities\":[{\"kind\":\"time\",\"start\":\"2024-09-10T09:00\",\"hours\":1,\"option\":\"free\"}]", "activities[0].option is 'free', expected one of default, billable, noCharge, doNotBill, billedElsewhere, writtenOffElsewhere")]
    [InlineData("\"activities\":[{\"kind\":\"time\",\"start\":\"2024-09-10T09:00\",\"hours\":1,\"technician\":\"N\"}]", "activities[0].technician: expected no such property; known here are ")]
    [InlineData("\"activities\":[{\"kind\":\"usage\",\"day\":\"2024-09-10\"}]", "activities[0].service: expected a text, but it is missing")]
    [InlineData("\"activities\":[{\"kind\":\"usage\",\"service\":\"S\",\"day\":\"10 September\"}]", "activities[0].day is '10 September', expected a date like 2024-09-18")]
    [InlineData("\"activities\":[{\"kind\":\"usage\",\"service\":\"S\",\"day\":\"2024-09-10\",\"quantity\":1e12}]", "activities[0].quantity is '1e12', expected a number like 12.5, below a trillion")]
    [InlineData("\"activities\":[{\"kind\":\"usage\",\"service\":\"S\",\"day\":\"2024-09-10\",\"currency\":\"EURO\"}]", "activities[0].currency is 'EURO', expected an ISO 4217 currency code such as EUR")]
    [InlineData("\"activities\":[{\"kind\":\"device\",\"type\":\"Server\",\"quantity\":0}]", "activities[0].quantity is '0', expected a whole number from 1 to 1000")]
    [InlineData("\"activities\":[{\"kind\":\"device\",\"type\":\"Server\",\"active\":\"yes\"}]", "activities[0].active is 'yes', expected true or false")]
    [InlineData("\"activities\":[{\"kind\":\"addition\",\"sku\":\"A\",\"unitPrice\":1}]", "activities[0].agreement: expected the agreement that it is on, but it is missing")]
    [InlineData("\"agreements\":[{\"name\":\"G\",VERSIONS},{\"name\":\"H\",VERSIONS}],\"activities\":[{\"kind\":\"addition\",\"sku\":\"A\",\"unitPrice\":1}]", "activities[0].agreement: expected the agreement that it is on: G, H, but it is missing")]
    [InlineData("\"activities\":[{\"kind\":\"addition\",\"agreement\":\"G\",\"sku\":\"A\",\"unitPrice\":1,\"from\":\"2024-09-10\",\"to\":\"2024-09-10\"}]", "activities[0].to is '2024-09-10', expected a date after from, as to is the first day after")]
    [InlineData("\"activities\":[{\"kind\":\"milestone\",\"project\":\"Move\",\"name\":\"Plan\"}]", "activities[0].project is 'Move', expected a project of this case; list it under projects")]
    [InlineData("\"projects\":[{\"name\":\"Attic\"}],\"activities\":[{\"kind\":\"milestone\",\"project\":\"Move\",\"name\":\"Plan\"}]", "activities[0].project is 'Move', expected a project of this case: Attic")]
    [InlineData("\"activities\":[{\"kind\":\"expense\",\"day\":\"2024-09-10\"}]", "activities[0].description: expected a text, but it is missing")]
    [InlineData("\"activities\":[{\"kind\":\"count\",\"day\":\"2024-09-10\",\"sku\":\"M\",\"quantity\":-1}]", "activities[0].quantity is '-1', expected a number of 0 or more, below a trillion")]
    [InlineData("\"activities\":[{\"kind\":\"device\",\"id\":\"1\",\"type\":\"S\"},{\"kind\":\"device\",\"id\":\"1\",\"type\":\"S\"}]", "activities[1].id is '1', expected each id once among activities of a kind")]
    [InlineData("\"activities\":[{\"kind\":\"device\",\"type\":\"S\",\"tags\":[5]}]", "activities[0].tags[0] is '5', expected a text")]
    [InlineData("\"carried\":{\"balances\":[{\"agreement\":\"G\",\"line\":\"time\"}]}", "carried.balances[0].agreement is 'G', expected an agreement of this case")]
    [InlineData("\"agreements\":[{\"name\":\"G\",VERSIONS}],\"carried\":{\"balances\":[{\"agreement\":\"G\",\"line\":\"hours\"}]}", "carried.balances[0].line is 'hours', expected the id of a line of this agreement: time")]
    [InlineData("\"agreements\":[{\"name\":\"G\",VERSIONS}],\"carried\":{\"balances\":[{\"agreement\":\"G\",\"line\":\"time\",\"lots\":[{\"grantedOn\":\"2024-08-01\",\"granted\":1,\"left\":2}]}]}", "carried.balances[0].lots[0].left is '2', expected at most what was granted")]
    [InlineData("\"agreements\":[{\"name\":\"G\",VERSIONS}],\"carried\":{\"balances\":[{\"agreement\":\"G\",\"line\":\"time\",\"lots\":[{\"grantedOn\":\"2024-08-01\",\"endsOn\":\"2024-08-01\",\"granted\":1,\"left\":1}]}]}", "carried.balances[0].lots[0].endsOn is '2024-08-01', expected a date after grantedOn, as it is the first day on which the lot may be drawn no more")]
    [InlineData("\"agreements\":[{\"name\":\"G\",VERSIONS}],\"carried\":{\"totals\":[{\"agreement\":\"G\",\"line\":\"time\",\"amount\":1},{\"agreement\":\"G\",\"line\":\"time\",\"amount\":2}]}", "carried.totals[1].line is 'time', expected each line and subject once")]
    public void Read_WrongPart_SaysPathValueAndWhatWasExpected(string properties, string problem)
    {
        var versions = CaseFiles.Agreement("G")[(CaseFiles.Agreement("G").IndexOf("\"versions\"", StringComparison.Ordinal))..^1];

        var said = Assert.Single(Said(CaseFiles.With(properties.Replace("VERSIONS", versions, StringComparison.Ordinal))));

        Assert.StartsWith(Places, said, StringComparison.Ordinal);
        var words = said[(said.IndexOf(": ", StringComparison.Ordinal) + 2)..];
        if (problem.EndsWith(' '))
            Assert.StartsWith(problem, words, StringComparison.Ordinal);
        else
            Assert.Equal(problem, words);
    }

    [Fact]
    public void Read_SeveralProblems_AreSaidInTheOrderOfTheFileAndCutAtTwenty()
    {
        var reading = CaseFiles.Read(CaseFiles.With("\"activities\":[" + string.Join(',', Enumerable.Range(0, 30).Select(_ => "{\"kind\":\"nothing\"}")) + "]"));

        Assert.Equal((20, true), (reading.Problems.Count, reading.MoreProblems));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"activities[{i}].kind"), reading.Problems.Select(problem => problem.Field));
        Assert.Null(reading.Case);
    }

    [Fact]
    public void Read_MoreDevicesThanAMonthHas_AreRefusedBeforeTheyFillTheMemory()
    {
        var reading = CaseFiles.Read(CaseFiles.With("\"activities\":[" + string.Join(',', Enumerable.Repeat("{\"kind\":\"device\",\"type\":\"S\",\"quantity\":1000}", 20_000)) + "]"));

        Assert.Equal("at most 100000 activities, where each device counts", Assert.Single(reading.Problems).Expected);
    }

    private static List<string> Said(string json)
    {
        var reading = CaseFiles.Read(json);
        Assert.Null(reading.Case);
        return [.. reading.Problems.Select(problem => problem.ToString())];
    }
}
