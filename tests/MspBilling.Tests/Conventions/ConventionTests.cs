using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace MspBilling.Tests.Conventions;

/// <summary>Promises that protect correctness. Each was seen to fail once; each failure names the file and the line.</summary>
public sealed partial class ConventionTests
{
    private const int MostLines = 300;

    /// <summary>The pipeline: a folder uses those before it and none after.</summary>
    private static readonly string[] Pipeline = ["Money", "Time", "Clients", "Agreements", "Capture", "Rating", "Invoicing", "Documents", "Accounting", "Reports"];

    /// <summary>Rooms of Adapters with a folder for each vendor.</summary>
    private static readonly string[] VendorRooms = ["Capture", "Accounting"];

    private static IReadOnlyList<SourceFile> Functions { get; } = Source.Files("functions");

    private static IReadOnlyList<SourceFile> Core { get; } = Source.Files("functions/MspBilling.Core");

    [Fact]
    public void Tree_IsFound()
    {
        Assert.NotEmpty(Core);
        Assert.Contains(Functions, file => file.Path == "functions/MspBilling.Core/Money/Money.cs");
    }

    [Fact]
    public void Core_ReferencesNothing()
    {
        var project = XDocument.Load(Path.Combine(Source.Root.FullName, "functions/MspBilling.Core/MspBilling.Core.csproj"));

        None(project.Descendants().Where(e => e.Name.LocalName.EndsWith("Reference", StringComparison.Ordinal)).Select(e => $"functions/MspBilling.Core/MspBilling.Core.csproj: {e}"));
    }

    [Fact]
    public void Core_UsesItsFoldersInPipelineOrderOnly() => None(
        from file in Core
        let folder = file.Path.Split('/')[2]
        from hit in Source.Hits([Source.CodeOf(file)], UsedFolder())
        let used = UsedFolder().Match(hit).Groups["folder"].Value
        where Array.IndexOf(Pipeline, folder) < Array.IndexOf(Pipeline, used) || !Pipeline.Contains(folder)
        select $"{hit} ({folder} stands before {used})");

    [Fact]
    public void Core_HasNoBinaryFractions() => None(Source.Hits(Core.Select(Source.CodeOf), BinaryFraction()));

    // MathF rounds points on a page, which is no money: a float cannot take a decimal without a cast that would be seen.
    [Fact]
    public void Rounding_IsInCoreMoneyAlone() => None(Source.Hits(
        Functions.Where(file => !file.Path.StartsWith("functions/MspBilling.Core/Money/", StringComparison.Ordinal)).Select(Source.CodeOf), RoundedAmount()));

    [Fact]
    public void Clock_IsTimeProviderAlone() => None(Source.Hits(Functions.Select(Source.CodeOf), WallClock()));

    [Fact]
    public void Vendors_NeverMeet() => None(
        from room in VendorRooms
        from vendor in Source.Folders($"functions/MspBilling.Adapters/{room}")
        from hit in Source.Hits(
            Source.Files("functions/MspBilling.Adapters").Where(file => VendorOf(file.Path) is { } other && other != $"{room}/{vendor}").Select(Source.CodeOf),
            new Regex($@"\b{room}\.{vendor}\b"))
        select $"{hit} (uses {room}/{vendor})");

    [Fact]
    public void Exceptions_AreNotSwallowedSilently() => None(Source.Hits(Functions, EmptyCatch()));

    [Fact]
    public void Work_IsNotLeftUndone() => None(Source.Hits(
        Functions.Concat(Source.Files("tests").Where(file => !file.Path.Contains("/Conventions/", StringComparison.Ordinal))), LeftUndone()));

    [Fact]
    public void Paths_OfAMachine_AreInNoFile() => None(Source.Hits(
        Functions.Concat(Source.Files("tests").Where(file => !file.Path.Contains("/Conventions/", StringComparison.Ordinal))), MachinePath()));

    [Fact]
    public void Files_AreShort() => None(
        from file in Functions
        let lines = file.Text.TrimEnd('\n').Split('\n').Length
        where lines > MostLines
        select $"{file.Path}: {lines} lines, at most {MostLines}");

    [Fact]
    public void CodeOf_BlanksCommentsAndLiteralsOnly()
    {
        const string Text = "var a = \"double\"; // double\n/* double\n */ double b = 'd'; var c = @\"double \"\"double\"; var d = $\"{double.Parse(x)}\";";

        var code = Source.CodeOf(new SourceFile("a.cs", Text)).Text;

        Assert.Equal(3, code.Split('\n').Length);
        Assert.Single(BinaryFraction().Matches(code));
    }

    // The whole list, which an assertion on the collection would cut short.
    private static void None(IEnumerable<string> hits) => Assert.True(!hits.Any(), string.Join('\n', hits.Prepend("")));

    private static string? VendorOf(string path) => path.Split('/') switch
    {
        ["functions", "MspBilling.Adapters", var room, var vendor, _, ..] when VendorRooms.Contains(room) => $"{room}/{vendor}",
        _ => null,
    };

    [GeneratedRegex(@"\b(?:using (?:static )?|Core\.)(?:MspBilling\.Core\.)?(?<folder>Time|Clients|Agreements|Capture|Rating|Invoicing|Documents|Accounting|Reports)\b", RegexOptions.CultureInvariant)]
    private static partial Regex UsedFolder();

    [GeneratedRegex(@"\b(?:double|float|Double|Single|Half|Math\.Pow|Math\.Sqrt)\b(?!\()", RegexOptions.CultureInvariant)]
    private static partial Regex BinaryFraction();

    [GeneratedRegex(@"\b(?:[Dd]ecimal|Math)\s*\.\s*Round\b|\bMidpointRounding\b", RegexOptions.CultureInvariant)]
    private static partial Regex RoundedAmount();

    [GeneratedRegex(@"\bDateTime(?:Offset)?\s*\.\s*(?:Now|UtcNow|Today)\b|\bStopwatch\b|\bEnvironment\s*\.\s*TickCount", RegexOptions.CultureInvariant)]
    private static partial Regex WallClock();

    [GeneratedRegex(@"\bcatch\b[^{]*\{\s*\}", RegexOptions.CultureInvariant)]
    private static partial Regex EmptyCatch();

    [GeneratedRegex(@"\b(?:TODO|FIXME|HACK|NotImplementedException)\b", RegexOptions.CultureInvariant)]
    private static partial Regex LeftUndone();

    [GeneratedRegex(@"(?<![\w.}/])/(?:work|home|tmp)/", RegexOptions.CultureInvariant)]
    private static partial Regex MachinePath();
}
