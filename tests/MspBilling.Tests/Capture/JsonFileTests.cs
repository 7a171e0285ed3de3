using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Capture;

/// <summary>JSON that cannot be read, in files of work roles, which have few fields.</summary>
public sealed class JsonFileTests
{
    [Theory]
    [InlineData("{\"id\":1}", "line 1, column 1: found '{\"id\":1}', expected a list of records in brackets, as the source's interface answers")]
    [InlineData("null", "line 1, column 1: found 'null', expected a list of records in brackets, as the source's interface answers")]
    [InlineData("[\n  12\n]", "line 2, column 3: found '12', expected a record in braces")]
    [InlineData("[[]]", "line 1, column 2: found '[]', expected a record in braces")]
    [InlineData("[{\"id\":1,\"name\":\"E\"},\r\n {'id':2}]", "line 2, column 3: found ''id':2}]', expected valid JSON")]
    [InlineData("[{\"id\":1,\"name\":\"E\"}] x", "line 1, column 23: found 'x', expected valid JSON")]
    [InlineData("[{\"id\":1,\"name\":\"E\"},]", "line 1, column 22: found ']', expected valid JSON")]
    [InlineData("[{\"id\":1,\"name\":\"E\"}", "line 1, column 21: expected valid JSON, but the file ends too early: it is cut off or a bracket is missing")]
    [InlineData("[{\"id\":1,\"na", "line 1, column 13: expected valid JSON, but the file ends too early: it is cut off or a bracket is missing")]
    [InlineData("[{\"name\":\"E\"}]", "line 1, column 2: id: expected a whole number of 0 or more, but it is missing")]
    [InlineData("[{\"id\":null,\"name\":\"E\"}]", "line 1, column 8: id is 'null', expected a whole number of 0 or more")]
    [InlineData("[{\"id\":-4,\"name\":\"E\"}]", "line 1, column 8: id is '-4', expected a whole number of 0 or more")]
    [InlineData("[{\"id\":1.5,\"name\":\"E\"}]", "line 1, column 8: id is '1.5', expected a whole number of 0 or more")]
    [InlineData("[{\"id\":1,\"name\":12}]", "line 1, column 17: name is '12', expected a text")]
    [InlineData("[{\"id\":1,\"name\":\" \"}]", "line 1, column 17: name is ' ', expected a text that is not blank")]
    [InlineData("[{\"id\":1,\"name\":\"\\uD800\"}]", "line 1, column 17: name is '\\uD800', expected a text without half a surrogate pair (\\uD800 to \\uDFFF)")]
    [InlineData("[{\"\\uD800\":1,\"id\":1,\"name\":\"E\"}]", "line 1, column 3: ?: expected a name without half a surrogate pair (\\uD800 to \\uDFFF)")]
    [InlineData("[{\"id\":1,\"name\":\"E\",\"id\":1}]", "line 1, column 21: id: expected each property once")]
    [InlineData("[{\"id\":1,\"name\":\"E\",\"hourlyRate\":\"95\"}]", "line 1, column 34: hourlyRate is '95', expected a number of 0 or more, below a trillion")]
    [InlineData("[{\"id\":1,\"name\":\"E\",\"hourlyRate\":1e400}]", "line 1, column 34: hourlyRate is '1e400', expected a number of 0 or more, below a trillion")]
    [InlineData("[{\"id\":1,\"name\":\"E\",\"hourlyRate\":-1}]", "line 1, column 34: hourlyRate is '-1', expected a number of 0 or more, below a trillion")]
    [InlineData("[{\"id\":1,\"name\":\"E\",\"hourlyRate\":1e12}]", "line 1, column 34: hourlyRate is '1e12', expected a number of 0 or more, below a trillion")]
    [InlineData("[{\"id\":1,\"name\":\"E\",\"_info\":[]}]", "line 1, column 29: _info is '[]', expected an object in braces")]
    [InlineData("[{\"id\":1,\"name\":\"Zoë\",\"_info\":{\"lastUpdated\":\"yesterday\"}}]", "line 1, column 46: _info.lastUpdated is 'yesterday', expected a time like 2024-09-18T23:00:00Z")]
    [InlineData("[{\"id\":1,\"name\":\"E\"},\n{\"id\":1,\"name\":\"F\"}]", "line 2, column 7: id is '1', expected each id once in a file, or the same content each time")]
    public void Read_WrongFile_SaysWhatAndWhere(string text, string problem) =>
        Assert.Equal(["time-workroles.json, " + problem], ImportFiles.Problems("time-workroles.json", text));

    [Fact]
    public void Read_SixtyFiveLevels_IsRefused() => Assert.Equal(
        ["time-workroles.json, line 1, column 76: found '[[[[[[[[[[[[[[[[[[[[', expected JSON nested at most 64 deep"],
        ImportFiles.Problems("time-workroles.json", "[{\"id\":1," + "\"a\":" + new string('[', 1_000)));

    [Fact]
    public void Read_ProblemsInARecordAndThenInTheSyntax_TellsBothInTheFilesOrder() => Assert.Equal(
        [
            "time-workroles.json, line 1, column 2: name: expected a text, but it is missing",
            "time-workroles.json, line 1, column 9: id is 'x', expected a whole number of 0 or more",
            "time-workroles.json, line 2, column 1: found '}]', expected valid JSON",
        ],
        ImportFiles.Problems("time-workroles.json", "[{ \"id\":\"x\"},\n}]"));

    [Fact]
    public void Read_SameContentTwice_IsOneRecordAtItsNewestRevision()
    {
        const string Text = """
            [{"id":1,"name":"Engineer","_info":{"lastUpdated":"2024-09-01T00:00:00Z"}},
             {"id":1,"name":"Engineer","_info":{"lastUpdated":"2024-09-02T00:00:00Z"}},
             {"id":1,"name":"Engineer","_info":{"lastUpdated":"2024-09-01T00:00:00Z"}}]
            """;

        var role = Assert.Single(ImportFiles.Records<WorkRole>("time-workroles.json", Text));

        Assert.Equal(new DateTimeOffset(2024, 9, 2, 0, 0, 0, TimeSpan.Zero), role.Revision);
    }
}
