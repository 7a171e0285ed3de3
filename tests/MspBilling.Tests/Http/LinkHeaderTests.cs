using MspBilling.Adapters.Http;
using Xunit;

namespace MspBilling.Tests.Http;

public sealed class LinkHeaderTests
{
    [Theory]
    [InlineData("<https://a.example/list?pageSize=50&page=2>; rel=\"next\", <https://a.example/list?page=4>; rel=\"last\"", "https://a.example/list?pageSize=50&page=2")]
    [InlineData("<https://a.example/?page=4>; rel=\"last\"", null)]
    [InlineData("<a?page=2&pageSize=5>;rel=next", "a?page=2&pageSize=5")]
    [InlineData("<a>; title=\"x; rel=\\\"next\\\", <b>\"; rel=last, <c> ; REL = \"prev NEXT\"", "c")]
    [InlineData("<a?q=1,2;rel=next>; rel=\"last\", <b>; rel=\"next\"", "b")]
    [InlineData("<a>; rel=last; rel=next, <b>; rel=next", "b")]
    [InlineData("<a>, , <b>; crossorigin; rel=\"next\"", "b")]
    [InlineData("<a>; rel=\"next", "a")]
    [InlineData("<a; rel=next", null)]
    [InlineData("next", null)]
    [InlineData("", null)]
    public void Target_OfNext_IsFoundByTheGrammar(string header, string? target) => Assert.Equal(target, LinkHeader.Target([header], "next"));

    [Fact]
    public void Target_OfSeveralHeaders_IsTheFirst() => Assert.Equal("b", LinkHeader.Target(["<a>; rel=last", "<b>; rel=next", "<c>; rel=next"], "next"));
}
