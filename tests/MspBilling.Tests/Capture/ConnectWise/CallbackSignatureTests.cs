using System.Security.Cryptography;
using System.Text;
using MspBilling.Adapters.Capture.ConnectWise;
using Xunit;

namespace MspBilling.Tests.Capture.ConnectWise;

public sealed class CallbackSignatureTests
{
    public const string Header = "x-content-signature";

    // Of the contract notes: HMAC-SHA256 of {"ID":1}, with the SHA-256 of abc123 for a key.
    private const string Right = "CFelirkRgUENcmP66hR6Awolwk2HYtUUbtZ1jfOODgQ=";

    /// <summary>As the vendor's developer guide does it.</summary>
    public static string SignatureOf(byte[] body, string signingKey)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(signingKey));
        using var hmac = new HMACSHA256(hash);
        return Convert.ToBase64String(hmac.ComputeHash(body));
    }

    [Theory]
    [InlineData("{\"ID\":1}", Right, "abc123", true)]
    [InlineData("{\"ID\":2}", Right, "abc123", false)]
    [InlineData("{\"ID\":1} ", Right, "abc123", false)]
    [InlineData("", Right, "abc123", false)]
    [InlineData("{\"ID\":1}", Right, "abc124", false)]
    [InlineData("{\"ID\":1}", "CFelirkRgUENcmP66hR6Awolwk2HYtUUbtZ1jfOODgR=", "abc123", false)]
    [InlineData("{\"ID\":1}", "CFelirkRgUENcmP66hR6Awolwk2HYtUUbtZ1jfOODgQ", "abc123", false)]
    [InlineData("{\"ID\":1}", "cfelirkRgUENcmP66hR6Awolwk2HYtUUbtZ1jfOODgQ=", "abc123", false)]
    [InlineData("{\"ID\":1}", "", "abc123", false)]
    [InlineData("{\"ID\":1}", null, "abc123", false)]
    public void IsRight_OfABody_IsTheVendorsSignature(string body, string? signature, string key, bool isRight) =>
        Assert.Equal(isRight, CallbackSignature.IsRight(Encoding.UTF8.GetBytes(body), signature, key));

    [Fact]
    public void IsRight_NoKey_IsRefused() => Assert.Throws<ArgumentException>(() => CallbackSignature.IsRight("{}"u8, Right, ""));
}
