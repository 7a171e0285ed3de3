using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Capture;

/// <summary>Which of vendors' spellings are suggested for which product of ours.</summary>
public sealed class ProductNamesTests
{
    [Theory]
    [InlineData("M365 BP", "Microsoft 365 Business Premium", 100)]
    [InlineData("Microsoft 365 Business Premium (NCE) (Annual Commitment, Billed Monthly)", "M365 Business Premium", 100)]
    [InlineData("Microsoft 365 Business Premium P1Y", "Microsoft 365 Business Premium - 1 year term - per user", 100)]
    [InlineData("[New Commerce Experience] Exchange Online (Plan 1)", "Exchange Online P1", 100)]
    [InlineData("EXO Plan 1 licence", "Exchange Online (Plan 1) licenses", 100)]
    [InlineData("Azure Active Directory Premium P1", "Entra ID Premium P1", 100)]
    [InlineData("AAD Premium P1", "Microsoft Entra ID Premium P1", 100)]
    [InlineData("M365BP", "m365-bp", 100)]
    [InlineData("BKP_SRV", "BKP-SRV", 100)]
    [InlineData("--", "..", 0)] // says nothing
    [InlineData("Office 365 E3", "Microsoft 365 E3", 95)] // two products that are called each other
    [InlineData("O365 E3", "Office 365 E3 monthly", 100)]
    [InlineData("Office 365 Business Essentials", "Microsoft 365 Business Basic", 95)] // so it is called since April 2020
    [InlineData("Office 365 Business Premium", "Microsoft 365 Business Standard", 90)]
    [InlineData("Office 365 Business Premium", "Microsoft 365 Business Premium", 95)]
    [InlineData("Microsoft 365 E3", "Microsoft 365 E5", 0)]
    [InlineData("Microsoft 365 Business Basic", "Microsoft 365 Business Premium", 0)]
    [InlineData("Exchange Online (Plan 1)", "Exchange Online (Plan 2)", 0)]
    [InlineData("Microsoft 365 Business Premium", "Acronis Cyber Protect", 0)]
    [InlineData("annual licence", "Microsoft 365 E3", 0)] // says nothing
    public void Likeness_OfSpellings_IsThatOfWhatTheyMean(string left, string right, int expected)
    {
        Assert.Equal(expected, ProductNames.Likeness(left, right));
        Assert.Equal(expected, ProductNames.Likeness(right, left));
    }

    [Fact]
    public void Best_OfOurProducts_IsTheEditionAndNoOther() => Assert.Equal(
        [new Suggestion("M365BP", "Microsoft 365 Business Premium", 100)],
        ProductNames.Best(["M365 Biz Prem NCE"], [("M365BS", "Microsoft 365 Business Standard"), ("M365BP", "Microsoft 365 Business Premium"), ("BKP", "Managed backup")]));
}
