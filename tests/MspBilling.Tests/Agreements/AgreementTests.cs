using MspBilling.Core.Agreements;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Agreements;

public sealed class AgreementTests
{
    [Fact]
    public void Line_OfAKind_IsTheOneOrNone()
    {
        var month = new ClientMonth { Lines = [new AdditionsLine("Licences"), new TimeLine("Support", 0, 0.25m)] };
        var agreement = Assert.Single(month.Directory.AgreementsOf(month.Client));

        Assert.Equal("Support", agreement.Line<TimeLine>()?.Service);
        Assert.Null(agreement.Line<FixedFeeLine>());
    }
}
