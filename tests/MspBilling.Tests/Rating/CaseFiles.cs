using System.Text;
using MspBilling.Adapters.Rating;
using MspBilling.Tests.Conventions;
using Xunit;

namespace MspBilling.Tests.Rating;

/// <summary>Cases from text, and the worked examples.</summary>
internal static class CaseFiles
{
    public const string Folder = "functions/MspBilling.Adapters/Rating/Examples";

    /// <summary>The least that a case is.</summary>
    public const string Least = """{"period":"2024-09","client":{"name":"Corrib Foods","currency":"EUR","timeZone":"Europe/Dublin"}""";

    public static readonly string[] Examples = ["help-desk", "seats", "cloud-and-project"];

    public static string PathOf(string example, string ending) => Path.Combine(Source.Root.FullName, Folder, example + ending);

    public static CaseReading Read(string json) => CaseFile.Read("case.json", new MemoryStream(Encoding.UTF8.GetBytes(json)));

    /// <summary>The least case and more of it.</summary>
    public static string With(string properties) => Least + "," + properties + "}";

    /// <summary>A case that must be right.</summary>
    public static BillingCase Case(string json)
    {
        var reading = Read(json);
        Assert.Empty(reading.Problems.Select(problem => problem.ToString()));
        return reading.Case!;
    }

    /// <summary>An agreement that prices time and additions, in the own form of a case.</summary>
    public static string Agreement(string name, string more = "") =>
        $$"""{"name":"{{name}}",{{more}}"versions":[{"from":"2024-01-01","lines":[{"kind":"time","id":"time","service":"Support","rates":[{"price":95}]}]}]}""";
}
