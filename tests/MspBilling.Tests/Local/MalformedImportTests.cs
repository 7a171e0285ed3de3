using System.Text;
using System.Text.RegularExpressions;
using MspBilling.Local.Sample;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Local;

/// <summary>A file that is not as it should be is refused whole: exit code 2, where and what is wrong in words, nothing stored.</summary>
public sealed partial class MalformedImportTests(AzuriteFixture azurite, MalformedImportTests.ImportedSettings imported) : IClassFixture<MalformedImportTests.ImportedSettings>
{
    private const string Time = "time-entries.json";
    private const string Focus = "focus_sample.csv";

    private static readonly Dictionary<string, byte[]> Sample = SampleMonth.Generate().ToDictionary(f => f.Name, f => f.Content);

    public static TheoryData<string, string, int, int, string, string, string> Cases() => new()
    {
        { "wrong header", Focus, 1, 1, "", "", "column" },
        { "missing column", Focus, 1, 0, "BilledCost", "", "column" },
        { "bad number", Focus, 3, 6, "BilledCost", "12,5x", "number" },
        { "bad date", Focus, 3, 226, "ChargePeriodStart", "31.09.2024", "2024-09" },
        { "bad number", Time, 2, 1, "actualHours", "two", "number" },
        { "bad date", Time, 2, 1, "timeStart", "2024-09-31T08:00:00Z", "2024-09" },
        { "missing property", Time, 2, 1, "actualHours", "", "number" },
        { "truncated", Time, 759, 1, "", "", "cut off" },
        { "UTF-16", Time, 0, 0, "", "UTF-16", "UTF-8" },
        { "UTF-16", Focus, 0, 0, "", "UTF-16", "UTF-8" },
        { "Latin-1", "company-companies.json", 3, 1, "", "byte 0xF3", "UTF-8" },
        { "empty", Time, 0, 0, "", "", "empty" },
        { "empty", Focus, 0, 0, "", "", "empty" },
        { "50 MB of one line", Time, 1, 1, "", "", "valid JSON" },
        { "50 MB of one line", Focus, 1, 0, "", "", "1,048,576 characters" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Import_MalformedFile_IsRefusedWholeWithPlaceAndReason(string damage, string file, int line, int column, string field, string value, string expected)
    {
        using var program = LocalProgram.On(azurite, imported.Storage);
        var path = Path.Combine(program.Folder.FullName, file);
        await File.WriteAllBytesAsync(path, Damaged(damage, file), TestContext.Current.CancellationToken);
        var before = await StoredContent.ReadAsync(azurite, imported.Storage);

        var result = await program.RunAsync("import", path, "--json");

        Assert.True(result.ExitCode == 2, result.ToString());
        TestContext.Current.TestOutputHelper!.WriteLine(result.Error[..Math.Min(400, result.Error.Length)]);
        Assert.Equal(before, await StoredContent.ReadAsync(azurite, imported.Storage));
        var report = Assert.Single(result.Json().EnumerateArray());
        Assert.Equal("refused", report.GetProperty("state").GetString());
        var messages = result.Error.TrimEnd('\n').Split('\n');
        Assert.Equal($"{path} was refused; nothing of it was stored.", messages[0]);
        var problem = messages[1].Trim();
        var place = (line, column) switch { (0, _) => $"{file}: ", (_, 0) => $"{file}, line {line}: ", _ => $"{file}, line {line}, column " };
        Assert.StartsWith(place, problem, StringComparison.Ordinal);
        Assert.All(new[] { field, value, expected, "expected " }, part => Assert.Contains(part, problem, StringComparison.OrdinalIgnoreCase));
        Assert.True(result.Took < TimeSpan.FromSeconds(20), result.ToString());
    }

    [Fact]
    public async Task Import_ManyProblems_ListsTheFirstTwentyAndSaysThatThereAreMore()
    {
        using var program = LocalProgram.On(azurite, imported.Storage);
        var path = Path.Combine(program.Folder.FullName, Time);
        var text = Hours().Replace(Encoding.UTF8.GetString(Sample[Time]), "\"actualHours\":\"x\"");
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);

        var result = await program.RunAsync("import", path);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        var messages = result.Error.TrimEnd('\n').Split('\n');
        Assert.Equal(1 + 20 + 1, messages.Length);
        Assert.All(messages[1..21], message => Assert.Contains("actualHours is 'x', expected", message, StringComparison.Ordinal));
        Assert.Contains("There are more", messages[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing", "expected a file or a folder that exists")]
    [InlineData("missing/time-entries.json", "expected a file or a folder that exists")]
    [InlineData(".", "has no file in it that can be imported")]
    public async Task Import_NothingThere_IsRefused(string path, string sentence)
    {
        using var program = LocalProgram.On(azurite, imported.Storage);

        var result = await program.RunAsync("import", path);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(sentence, result.Error, StringComparison.Ordinal);
    }

    private static byte[] Damaged(string damage, string file)
    {
        var text = Encoding.UTF8.GetString(Sample[file]);
        return damage switch
        {
            "wrong header" => Encoding.UTF8.GetBytes(text.Replace(',', ';')),
            "missing column" => Encoding.UTF8.GetBytes(Replaced(text, "BilledCost", "Cost")),
            "bad number" when file == Focus => WithCell(text, "BilledCost", "\"12,5x\""),
            "bad date" when file == Focus => WithCell(text, "ChargePeriodStart", "31.09.2024"),
            "bad number" => Encoding.UTF8.GetBytes(Hours().Replace(text, "\"actualHours\":\"two\"", 1)),
            "bad date" => Encoding.UTF8.GetBytes(Regex.Replace(text, "\"timeStart\":\\s*\"[^\"]+\"", "\"timeStart\":\"2024-09-31T08:00:00Z\"")),
            "missing property" => Encoding.UTF8.GetBytes(Hours().Replace(text, "\"other\":1", 1)),
            "truncated" => Encoding.UTF8.GetBytes(text[..(text.Length / 2)]),
            "UTF-16" => Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(text)).ToArray(),
            "Latin-1" => Encoding.Latin1.GetBytes(text),
            "empty" => [],
            "50 MB of one line" => OneLine(file == Focus ? "BilledCost" : "[{\"id\":1,\"notes\":\""),
            _ => throw new ArgumentOutOfRangeException(nameof(damage), damage, null),
        };
    }

    private static string Replaced(string text, string what, string with)
    {
        Assert.Contains(what, text, StringComparison.Ordinal);
        return text.Replace(what, with, StringComparison.Ordinal);
    }

    // The second record, which is the third line.
    private static byte[] WithCell(string text, string column, string value)
    {
        var lines = text.Split('\n');
        var at = Array.IndexOf(lines[0].TrimEnd('\r').Replace("\"", "", StringComparison.Ordinal).Split(','), column);
        var cells = Cell().Matches(lines[2]).Select(cell => cell.Value).ToArray();
        cells[at] = value;
        lines[2] = string.Join(',', cells);
        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }

    private static byte[] OneLine(string start)
    {
        var bytes = new byte[50 * 1024 * 1024];
        Array.Fill(bytes, (byte)'a');
        Encoding.UTF8.GetBytes(start, bytes);
        return bytes;
    }

    // A cell in quotes, or one without; an empty one counts only after a comma.
    [GeneratedRegex("(?<=^|,)(\"[^\"]*(\"\"[^\"]*)*\"|[^,\"]*)")]
    private static partial Regex Cell();

    [GeneratedRegex("\"actualHours\":\\s*[0-9.]+")]
    private static partial Regex Hours();

    /// <summary>A storage that something was imported to before.</summary>
    public sealed class ImportedSettings(AzuriteFixture azurite) : IAsyncLifetime
    {
        private TestStorage? _storage;

        public TestStorage Storage => _storage ?? throw new InvalidOperationException("Nothing was imported.");

        public async ValueTask InitializeAsync()
        {
            _storage = await azurite.CreateAsync();
            using var content = new MemoryStream(Sample["company-companies.json"]);
            await _storage.Get<MspBilling.App.Capture.ImportJob>().RunAsync("company-companies.json", null, content, TestContext.Current.CancellationToken);
        }

        public ValueTask DisposeAsync() => Storage.DisposeAsync();
    }
}
