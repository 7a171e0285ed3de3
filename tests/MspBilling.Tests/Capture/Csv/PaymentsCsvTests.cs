using MspBilling.Adapters.Capture.Csv;
using MspBilling.Core.Capture;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Capture.Csv;

public sealed class PaymentsCsvTests
{
    [Fact]
    public void Read_EveryColumn_IsTaken()
    {
        var rows = CsvImports.Records<ReceivedPayment>(
            "payments.csv", "reference,client,invoice,date,amount,currency,prepayment,expires,agreement\nTRN-1,CORRIB,HL-1|HL-2,2024-10-31,1190.00,EUR,,,\nTRN-2,CORRIB,,2024-11-02,500,EUR,yes,2025-06-30,101\n");

        Assert.Equal(("csv/Payment/TRN-1", 2, "CORRIB", Days.On("2024-10-31"), Eur(1190), false), (rows[0].Id.ToString(), rows[0].Line, rows[0].Client, rows[0].Date, rows[0].Amount, rows[0].IsPrepayment));
        Assert.Equal(["HL-1", "HL-2"], rows[0].Invoices!);
        Assert.Equal((true, Days.On("2025-06-30"), "101", null), (rows[1].IsPrepayment, rows[1].Expires, rows[1].Agreement, rows[1].Invoices));
    }

    [Fact]
    public void Read_AsABankWritesIt_IsReadAsDeclared() => Assert.Equal(
        (Eur(1190.5m), Days.On("2024-10-31")),
        CsvImports.Records<ReceivedPayment>("bank-payments.csv", "Transaction ID;Invoice Number;Value Date;Paid\nX9;HL-1;31.10.2024;1.190,50\n", new CsvDeclaration("de-DE", Currency: "EUR")).Select(row => (row.Amount, row.Date)).Single());

    [Theory]
    [InlineData("TRN-1,,,2024-10-31,1,EUR", "line 2, column 7: client: expected a client or an invoice")]
    [InlineData("TRN-1,C,,2024-10-31,-1,EUR", "amount is '-1', expected an amount above 0; a payment that the bank took back is reversed")]
    [InlineData("TRN-1,C,,2024-10-31,1.005,EUR", "amount is '1.005', expected an amount that can be paid in EUR")]
    [InlineData("TRN-1,C,,2024-10-31,1,", "currency: expected an ISO 4217 currency code such as EUR")]
    [InlineData(",C,,2024-10-31,1,EUR", "reference")]
    [InlineData("1.2E+11,C,,2024-10-31,1,EUR", "a spreadsheet has shortened this one")]
    public void Read_WhatIsWrong_IsSaidWithItsPlace(string row, string problem) =>
        Assert.Contains(problem, CsvImports.Problems("payments.csv", $"reference,client,invoice,date,amount,currency\n{row}\n"), StringComparison.Ordinal);
}
