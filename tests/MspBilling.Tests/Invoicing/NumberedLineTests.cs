using MspBilling.Core.Clients;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Tests.Accounting;
using Xunit;

namespace MspBilling.Tests.Invoicing;

public sealed class NumberedLineTests
{
    private static readonly RatedLine[] Lines =
    [
        Line("Support", "Agreement 1", "#7", "#7"), Line("Licences", "Agreement 2"), Line("Support", "Agreement 2", "#7", "#8"), Line("Licences", "Agreement 1", "#7"), Line("Support", "Agreement 1", null, null),
    ];

    [Theory]
    [InlineData(LineGrouping.Service, "Support 1:0, Support 2:2, Support 3:4, Licences 4:1, Licences 5:3")]
    [InlineData(LineGrouping.Agreement, "Agreement 1 1:0, Agreement 1 2:3, Agreement 1 3:4, Agreement 2 4:1, Agreement 2 5:2")]
    [InlineData(LineGrouping.Reference, "#7 1:0, #7 2:3, Licences 3:1, Support 4:2, Support 5:4")] // two tickets, or none, stand under their service
    [InlineData(LineGrouping.None, " 1:0,  2:1,  3:2,  4:3,  5:4")]
    public void Of_Grouping_NumbersLinesThroughItsGroups(LineGrouping grouping, string expected) =>
        Assert.Equal(expected, string.Join(", ", NumberedLine.Of(Lines, grouping).Select(n => $"{n.Group} {n.Number}:{n.Place}")));

    [Fact]
    public void Of_Lines_PairsEachWithItsPlace() => Assert.All(NumberedLine.Of(Lines, LineGrouping.Reference), n => Assert.Same(Lines[n.Place], n.Line));

    private static RatedLine Line(string service, string agreement, params string?[] references) => InvoiceCases.Line(1, 10, 10) with
    {
        Service = service,
        AgreementName = agreement,
        Details = [.. references.Select(reference => new LineDetail(null, null, reference, "Work", 1, "h"))],
    };
}
