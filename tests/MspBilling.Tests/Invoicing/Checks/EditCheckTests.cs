using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Invoicing.Checks;

public sealed class EditCheckTests
{
    private static readonly TimeEntry Six = Records.Time("1", 6);

    [Fact]
    public void Edited_WaitsAndSaysByWhomAndWhy() => Assert.Equal(
        [new Objection("edited", "Ann Lee added 'Goodwill', -20.00 EUR, on 2024-10-01 (the outage on Tuesday).")],
        With(Edits.Own(-20)).Check(Six));

    // Who withdrew it looked at the draft: it waits for a person all the same.
    [Fact]
    public void Withdrawn_WaitsAndSaysThatAlone() => Assert.Equal(
        [new Objection("edited", "Ann Lee withdrew 'Goodwill' on 2024-10-01 (the outage on Tuesday).")],
        With(Edits.Own(-20), Edits.Withdraw(Edits.Own(-20))).Check(Six));

    [Fact]
    public void LineGone_IsToldWithWhatToDo()
    {
        var line = new CheckedBill().Month.Rate(Six).Lines.Single(l => l.Service == "Support");

        var objection = Assert.Single(With(Edits.On(line, percent: -10)).Check(Records.Addition("1", 1, 50)));

        Assert.Equal(("edit-without-line", true), (objection.Check, objection.NeedsWhy));
        Assert.Equal("'Goodwill' by Ann Lee is not on it: the line that it changes is not there any more. Withdraw the edit, or approve without it.", objection.Words);
    }

    [Fact]
    public void OnlyEdited_IsApprovedWithoutAReason() => Assert.False(Assert.Single(With(Edits.Own(5)).Check(Six)).NeedsWhy);

    private static CheckedBill With(params IReadOnlyList<DraftEdit> edits) => new() { Month = new CheckedBill().Month with { References = [.. new CheckedBill().Month.References, .. edits] } };
}
