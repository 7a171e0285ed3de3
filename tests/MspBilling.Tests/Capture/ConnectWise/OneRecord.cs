using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Capture.ConnectWise;

/// <summary>One record of the vendor's, read from a file.</summary>
internal static class OneRecord
{
    public static RecordId Id(RecordKind kind, string id) => new("connectwise", kind, id);

    public static T One<T>(string fileName, string record)
        where T : CapturedRecord => Assert.Single(ImportFiles.Records<T>(fileName, "[" + record + "]"));

    public static string Change(string text, string right, string wrong)
    {
        Assert.Contains(right, text, StringComparison.Ordinal);
        return text.Replace(right, wrong, StringComparison.Ordinal);
    }
}
