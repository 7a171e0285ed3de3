using System.Reflection;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using Xunit;

namespace MspBilling.Tests.Rating;

public sealed class ReasonTests
{
    private static IReadOnlyList<Reason> All { get; } =
        [.. typeof(Reason).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<Reason>()];

    [Fact]
    public void EveryReason_IsStoredAsItsCodeAlone() => Assert.All(All, reason =>
    {
        Assert.Equal($"\"{reason.Code}\"", System.Text.Encoding.UTF8.GetString(RecordJson.Serialize(reason)));
        Assert.Same(reason, RecordJson.Deserialize<Reason>(RecordJson.Serialize(reason)));
        Assert.Matches("^[a-z]+(-[a-z]+)*$", reason.Code);
    });

    [Fact]
    public void Of_NoSuchCode_SaysSo() => Assert.Contains("'gone'", Assert.Throws<KeyNotFoundException>(() => Reason.Of("gone")).Message, StringComparison.Ordinal);
}
