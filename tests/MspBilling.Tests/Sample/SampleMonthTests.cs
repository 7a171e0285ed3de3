using System.Collections;
using System.Globalization;
using System.Runtime.Loader;
using System.Security.Cryptography;
using System.Text;
using MspBilling.Local.Sample;
using Xunit;

namespace MspBilling.Tests.Sample;

public sealed class SampleMonthTests
{
    // Of all names and contents. It changes when the story does, and on no other occasion: not by machine, runtime or culture.
    private const string Fingerprint = "CFB1908083EBBAF55DB43E7A61EC6609";

    [Fact]
    public void Generate_Twice_GivesSameBytes() => Assert.Equal(FingerprintOf(SampleMonth.Generate()), FingerprintOf(SampleMonth.Generate()));

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("th-TH")]
    public void Generate_InAnyCulture_GivesKnownBytes(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        var fresh = new AssemblyLoadContext(culture, isCollectible: true);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);

            // The assembly once more, so that nothing comes from tables that were filled in another culture.
            var generate = fresh.LoadFromAssemblyPath(typeof(SampleMonth).Assembly.Location).GetType(typeof(SampleMonth).FullName!)!.GetMethod("Generate")!;
            var files = ((IEnumerable)generate.Invoke(null, null)!).Cast<object>().Select(file => new SampleFile(
                (string)file.GetType().GetProperty("Name")!.GetValue(file)!, (byte[])file.GetType().GetProperty("Content")!.GetValue(file)!));

            Assert.Equal(Fingerprint, FingerprintOf(files));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
            fresh.Unload();
        }
    }

    [Theory]
    [InlineData("company-companies.json", 13)] // 12 clients and the MSP itself
    [InlineData("finance-agreements.json", 16)]
    [InlineData("finance-agreements-additions.json", 64)]
    [InlineData("finance-agreements-workroles.json", 21)]
    [InlineData("time-workroles.json", 5)]
    [InlineData("system-members.json", 9)]
    [InlineData("service-tickets.json", 106)]
    [InlineData("project-projects.json", 8)]
    [InlineData("project-phases.json", 17)]
    [InlineData("company-configurations.json", 254)]
    public void File_OfRecords_HoldsAsManyAsTheStoryTells(string name, int count)
    {
        var ids = SampleReading.Records(name).Select(record => record.Id()).ToList();

        Assert.Equal(count, ids.Count);
        Assert.Equal(count, ids.Distinct().Count());
    }

    [Fact]
    public void File_OfJson_IsUtf8WithoutMarkAndEndsEachLineAlike() => Assert.All(
        SampleMonth.Generate().Where(file => file.Name.EndsWith(".json", StringComparison.Ordinal)),
        file =>
        {
            Assert.Contains(file.Content[0], "[{"u8.ToArray());
            Assert.Equal((byte)'\n', file.Content[^1]);
            Assert.DoesNotContain((byte)'\r', file.Content);
        });

    [Fact]
    public void WriteTo_NewDirectory_HoldsEveryFile()
    {
        var directory = new DirectoryInfo(Path.Combine(Path.GetTempPath(), "sample-" + Path.GetRandomFileName()));
        try
        {
            SampleMonth.WriteTo(directory);

            var written = directory.GetFiles().Select(file => new SampleFile(file.Name, File.ReadAllBytes(file.FullName)));
            Assert.Equal(FingerprintOf(SampleMonth.Generate()), FingerprintOf(written));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static string FingerprintOf(IEnumerable<SampleFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files.OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file.Name));
            hash.AppendData(file.Content);
        }

        // Half of it is enough, and short enough that a failing test prints it whole.
        return Convert.ToHexString(hash.GetHashAndReset())[..32];
    }
}
