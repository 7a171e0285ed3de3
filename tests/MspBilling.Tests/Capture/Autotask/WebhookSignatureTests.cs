using System.Text;
using MspBilling.Adapters.Capture.Autotask;
using Xunit;

namespace MspBilling.Tests.Capture.Autotask;

public sealed class WebhookSignatureTests
{
    private const string Right = "sha1=lsYStl8QR6Bu6q8Bk6Wqv+PlWYc=";

    [Theory]
    [InlineData("{\"Id\":1}", Right, "s3cret", true)]
    [InlineData("{\"Id\":1}", "SHA1=lsYStl8QR6Bu6q8Bk6Wqv+PlWYc=", "s3cret", true)]
    [InlineData("{\"Id\":1 }", Right, "s3cret", false)]
    [InlineData("{\"Id\":1}", Right, "s3creT", false)]
    [InlineData("{\"Id\":1}", "sha1=lsYStl8QR6Bu6q8Bk6Wqv+PlWYd=", "s3cret", false)]
    [InlineData("{\"Id\":1}", "sha1=lsYStl8QR6Bu6q8Bk6Wqv+PlWQ==", "s3cret", false)]
    [InlineData("{\"Id\":1}", "sha1=lsYStl8QR6Bu6q8Bk6Wqv+PlWYclsYStl8QR6Bu6q8Bk6Wqv+PlWYc=", "s3cret", false)]
    [InlineData("{\"Id\":1}", "lsYStl8QR6Bu6q8Bk6Wqv+PlWYc=", "s3cret", false)]
    [InlineData("{\"Id\":1}", "sha9=lsYStl8QR6Bu6q8Bk6Wqv+PlWYc=", "s3cret", false)]
    [InlineData("{\"Id\":1}", "sha1=", "s3cret", false)]
    [InlineData("{\"Id\":1}", "sha1=not base 64", "s3cret", false)]
    [InlineData("{\"Id\":1}", "", "s3cret", false)]
    [InlineData("{\"Id\":1}", null, "s3cret", false)]
    public void IsRight_OfABody_IsTheVendorsSignature(string body, string? signature, string secret, bool isRight) =>
        Assert.Equal(isRight, WebhookSignature.IsRight(Encoding.UTF8.GetBytes(body), signature, secret));

    [Fact]
    public void IsRight_NoSecret_IsRefused() => Assert.Throws<ArgumentException>(() => WebhookSignature.IsRight("{}"u8, Right, ""));
}
