using System.Text;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Capture.Csv;
using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Capture.Csv;

/// <summary>CSV files, read as they are declared.</summary>
internal static class CsvImports
{
    public static CsvDeclaration Berlin { get; } = new(Zone: "Europe/Berlin");

    public static ImportResult Read(string fileName, string text, CsvDeclaration? declaration = null) => Read(fileName, Encoding.UTF8.GetBytes(text), declaration);

    public static ImportResult Read(string fileName, byte[] bytes, CsvDeclaration? declaration = null)
    {
        using var content = new MemoryStream(bytes);
        var (format, problem) = ImportReader.Declare(fileName, null, declaration ?? new CsvDeclaration(), content);
        Assert.Null(problem);
        Assert.Equal(0, content.Position);
        return ImportReader.Read(fileName, format, content);
    }

    /// <summary>The records of a file that must be right.</summary>
    public static IReadOnlyList<T> Records<T>(string fileName, string text, CsvDeclaration? declaration = null)
        where T : CapturedRecord => Records<T>(fileName, Encoding.UTF8.GetBytes(text), declaration);

    public static IReadOnlyList<T> Records<T>(string fileName, byte[] bytes, CsvDeclaration? declaration = null)
        where T : CapturedRecord
    {
        var result = Read(fileName, bytes, declaration);
        Assert.True(result.Problems.Count == 0, string.Join("\n", result.Problems));
        return [.. result.Records.Cast<T>()];
    }

    /// <summary>What is said about a file that must be wrong, of which no record may be taken.</summary>
    public static string Problems(string fileName, string text, CsvDeclaration? declaration = null)
    {
        var result = Read(fileName, text, declaration);
        Assert.Empty(result.Records);
        return string.Join("\n", result.Problems);
    }
}
