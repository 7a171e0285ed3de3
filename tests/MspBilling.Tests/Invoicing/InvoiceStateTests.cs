using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Invoicing;

public sealed class InvoiceStateTests
{
    // Each state with all that it may become; whatever is not listed is refused.
    [Theory]
    [InlineData("draft", "draft approved issued")]
    [InlineData("approved", "draft approved issued")]
    [InlineData("issued", "issued part-paid paid void written-off")]
    [InlineData("part-paid", "issued part-paid paid void written-off")]
    [InlineData("paid", "issued part-paid paid void")]
    [InlineData("void", "void")]
    [InlineData("written-off", "issued part-paid paid void written-off")]
    public void To_EveryState_IsAllowedOrRefusedInWords(string from, string allowed)
    {
        var state = InvoiceState.Find(from)!;

        Assert.Equal(allowed.Split(' ').Order(), InvoiceState.Known.Where(next => state.Refusal(next) is null).Select(next => next.Code).Order());
        foreach (var next in InvoiceState.Known)
        {
            if (state.Refusal(next) is { } refusal)
                Assert.Equal(refusal, Assert.Throws<InvalidOperationException>(() => state.To(next)).Message);
            else
                Assert.Same(next, state.To(next));
        }
    }

    [Theory]
    [InlineData("draft", "paid", "The invoice is a draft and cannot be paid before it is issued. Approve it first.")]
    [InlineData("issued", "draft", "The invoice is issued and cannot be a draft any more. Credit it, and bill what is right on a new invoice.")]
    [InlineData("void", "paid", "The invoice is void and cannot be paid. Bill what is right on a new invoice.")]
    [InlineData("paid", "written-off", "The invoice is paid and cannot be written off.")]
    public void Refusal_OfAMove_SaysWhatToDo(string from, string to, string words) => Assert.Equal(words, InvoiceState.Find(from)!.Refusal(InvoiceState.Find(to)!));

    // 1,000.00 in all: nothing paid, 400.00 paid, everything paid. Of 0.00 nothing is to be paid.
    [Theory]
    [InlineData(1000, 1000, "issued")]
    [InlineData(1000, 600, "part-paid")]
    [InlineData(1000, 0, "paid")]
    [InlineData(0, 0, "paid")]
    public void Of_ABalance_IsIssuedPartPaidOrPaid(int total, int balance, string state) => Assert.Equal(state, InvoiceState.Of(Eur(total), Eur(balance)).Code);

    [Fact]
    public void Known_AsJson_AreTheirCodes() => Assert.All(InvoiceState.Known, state =>
    {
        var json = RecordJson.Serialize(state);
        Assert.Equal($"\"{state.Code}\"", System.Text.Encoding.UTF8.GetString(json));
        Assert.Same(state, RecordJson.Deserialize<InvoiceState>(json));
    });
}
