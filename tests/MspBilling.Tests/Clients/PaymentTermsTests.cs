using MspBilling.Core.Clients;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Clients;

public sealed class PaymentTermsTests
{
    [Theory]
    [InlineData("2024-01-15", 30, "2024-02-14")]
    [InlineData("2024-01-15", 0, "2024-01-15")]
    [InlineData("2024-12-31", 1, "2025-01-01")]
    public void DueDate_Net_IsDaysAfterTheInvoice(string invoiced, int days, string due) => Assert.Equal(Days.On(due), PaymentTerms.Net(days).DueDate(Days.On(invoiced)));

    [Theory]
    [InlineData("2024-01-15", 15, "2024-02-15")]
    [InlineData("2024-01-31", 0, "2024-01-31")]
    [InlineData("2024-02-01", 0, "2024-02-29")]
    [InlineData("2023-02-01", 10, "2023-03-10")]
    public void DueDate_EndOfMonth_IsDaysAfterIt(string invoiced, int days, string due) =>
        Assert.Equal(Days.On(due), new PaymentTerms { Due = PaymentDue.EndOfMonth, Days = days }.DueDate(Days.On(invoiced)));

    [Theory]
    [InlineData("2024-01-15", 20, 1, "2024-02-20")]
    [InlineData("2024-01-31", 31, 1, "2024-02-29")] // the last that February has
    [InlineData("2023-01-15", 31, 1, "2023-02-28")]
    [InlineData("2024-01-15", 20, 0, "2024-01-20")]
    [InlineData("2024-01-20", 20, 0, "2024-01-20")]
    [InlineData("2024-01-25", 20, 0, "2024-02-20")] // that of its own month is past
    [InlineData("2024-02-29", 31, 0, "2024-02-29")]
    [InlineData("2024-12-15", 5, 2, "2025-02-05")]
    public void DueDate_DayOfMonth_IsClampedAndNeverBeforeTheInvoice(string invoiced, int day, int months, string due) =>
        Assert.Equal(Days.On(due), new PaymentTerms { Due = PaymentDue.DayOfMonth, Day = day, Months = months }.DueDate(Days.On(invoiced)));

    [Fact]
    public void DueDate_OnReceipt_IsTheInvoicesDay() => Assert.Equal(Days.On("2024-01-15"), new PaymentTerms { Due = PaymentDue.OnReceipt }.DueDate(Days.On("2024-01-15")));
}
