using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Time;
using Xunit;

namespace MspBilling.Tests.Capture.HaloPsa;

/// <summary>The vendor's samples of everything but time, and each decision of the mapping.</summary>
public sealed class HaloPsaFilesTests
{
    private const string Contract = """
        {"id":88,"ref":"MS-0088","client_id":25.0,"start_date":"2026-01-01T00:00:00","end_date":"2026-12-31T00:00:00","billingperiod":3,"periodchargeamount":2400.00,
         "next_invoice_date":"2026-09-01T00:00:00","chargehoursperperiod":20.0,"chargerollover":false,"last_modified":"2026-07-01T08:00:00",
         "overriding_rates":[{"id":9,"charge_id":2,"rate":135.00,"minimum":0.25,"increment":0.25}]}
        """;

    private const string Recurring = """
        {"record_count":1,"invoices":[{"id":501,"client_id":25,"contract_id":88,"nextcreationdate":"2026-09-01T00:00:00","currency":1,"last_modified":"2026-08-01T09:00:00",
         "lines":[{"id":7001,"ihid":501,"item_code":"M365-BP","item_shortdescription":"Microsoft 365 Business Premium","qty_order":42.0,"unit_price":26.40,"unit_cost":20.15,
         "net_amount":1108.80,"tax_amount":221.76,"tax_rate":20.0,"tax_code":1,"_itemid":310}]}]}
        """;

    private const string Project = """
        {"id":60010,"summary":"Server migration","client_id":25,"is_project":true,"projecttimebudget":80.0,"last_update":"2026-08-13T09:00:00",
         "milestones":[{"id":12,"ticket_id":60010,"name":"Cutover","sequence":2,"start_date":"2026-08-10T00:00:00","target_date":"2026-08-12T00:00:00","milestone_value":4800.00,
         "processed_date":"1900-01-01T00:00:00","invoicenumber":""}],"budgets":[{"id":5,"hours":60.0}]}
        """;

    private static readonly Period Always = new(DateOnly.MinValue, Period.NoEnd);
    private static readonly Period Year2026 = new(new DateOnly(2026, 1, 1), new DateOnly(2027, 1, 1));

    [Fact]
    public void Read_Client_TakesNameAddressAndTaxCode()
    {
        var company = One<Company>("clients", """
            {"record_count":1,"clients":[{"id":25,"name":"Contoso Ltd","toplevel_id":1,"inactive":true,"accountsemailaddress":"ap@contoso.example","item_tax_code":1,"service_tax_code":4,"xeroid":"",
             "alastupdate":"2026-08-01T10:00:00","main_invoice_address":{"line1":"1 High Street","line2":"","line3":"Leeds","postcode":"LS1 4AP"},"currencyisocode":"GBP"}]}
            """);

        Assert.Equal(["1 High Street", "Leeds", "LS1 4AP"], company.AddressLines);
        Assert.Equal(
            new Company
            {
                Id = Id(RecordKind.Company, "25"),
                Revision = Utc(2026, 8, 1, 10, 0),
                Identifier = "Contoso Ltd",
                Name = "Contoso Ltd",
                IsDeleted = true,
                AddressLines = company.AddressLines,
                Address = new PostalAddress { Line1 = "1 High Street", Line3 = "Leeds", PostCode = "LS1 4AP" },
                InvoiceEmail = "ap@contoso.example",
                TaxCode = "4",
                CurrencyName = "GBP",
            },
            company);
    }

    [Theory]
    [InlineData("""{"id":17,"name":"Jane Doe","email":"j@a.example","isdisabled":true,"costprice":48.50,"chargerate":2,"teams":[]}""", 48.50, true)]
    [InlineData("""{"id":17.0,"name":"Jane Doe","isdisabled":false,"costprice":0.0,"chargerate":2}""", null, false)]
    [InlineData("""{"id":17,"name":"Jane Doe","chargerate":2}""", null, false)]
    public void Read_Agent_TakesACostThatIsKnown(string row, double? cost, bool isDisabled) => Assert.Equal(
        new Technician { Id = Id(RecordKind.Technician, "17"), Name = "Jane Doe", RoleName = "Charge rate 2", HourlyCost = (decimal?)cost, IsInactive = isDisabled },
        One<Technician>("agents", "[" + row + "]"));

    [Theory]
    [InlineData("""{"id":9,"charge_id":2,"contract_id":88,"rate":135.00,"startdate":"2026-01-01T00:00:00","expirydate":"2026-12-31T00:00:00","current":false}""", "2026-01-01", "2027-01-01")]
    [InlineData("""{"id":9,"charge_id":2,"contract_id":88,"rate":135.00,"startdate":"2026-01-01T00:00:00","expirydate":"1900-01-01T00:00:00"}""", "2026-01-01", "9999-12-31")]
    [InlineData("""{"id":9,"charge_id":2,"contract_id":88,"rate":135.00}""", "0001-01-01", "9999-12-31")]
    [InlineData("""{"id":9,"charge_id":2,"contract_id":88,"rate":135.00,"startdate":"2026-02-01T00:00:00","expirydate":"2026-01-01T00:00:00"}""", "0001-01-01", "0001-01-02")]
    public void Read_ContractsRate_KeepsItsDates(string row, string start, string end) => Assert.Equal(
        new AgreementRoleRate
        {
            Id = Id(RecordKind.AgreementRoleRate, "9"),
            AgreementId = "88",
            RoleId = "2",
            RoleName = "Charge rate 2",
            HourlyRate = 135m,
            InForce = new Period(DateOnly.Parse(start, null), DateOnly.Parse(end, null)),
        },
        One<AgreementRoleRate>("charge-rates", "[" + row + "]"));

    [Fact]
    public void Read_RateCard_TakesTheRateOfNowAndNoClients() => Assert.Equal(
        new WorkRole { Id = Id(RecordKind.WorkRole, "2"), Name = "Charge rate 2", HourlyRate = 130m },
        One<WorkRole>("charge-rates", """
            [{"id":1,"charge_id":2,"contract_id":0,"area":0,"rate":120.00,"current":false},{"id":2,"charge_id":2,"contract_id":-1,"area":0,"rate":130.00,"current":true},
             {"id":3,"charge_id":2,"contract_id":0,"area":25,"rate":99.00}]
            """));

    [Fact]
    public void Read_Contract_TakesFeeHoursAndTerm() => Assert.Equal(
        new PsaAgreement
        {
            Id = Id(RecordKind.Agreement, "88"),
            Revision = Utc(2026, 7, 1, 8, 0),
            CompanyId = "25",
            Name = "MS-0088",
            TypeName = "HaloPSA contract",
            Term = Year2026,
            MonthlyFee = 2400m,
            BillingCycle = "Yearly",
            IncludedHours = 20m,
            IncludedHoursCycle = "Yearly",
        },
        One<PsaAgreement>("contracts", Contract));

    [Theory]
    [InlineData("1", "Weekly")]
    [InlineData("2", "Monthly")]
    [InlineData("4", "Quarterly")]
    [InlineData("5", "HalfYearly")]
    [InlineData("6", "Quinquennial")]
    [InlineData("7", "Triennial")]
    [InlineData("8", "Biennial")]
    [InlineData("9", "Quadrennial")]
    [InlineData("12", "number 12")]
    [InlineData("null", "Monthly")]
    public void Read_Contract_KnowsTheBillingPeriods(string number, string cycle) =>
        Assert.Equal(cycle, One<PsaAgreement>("contracts", Change(Contract, "\"billingperiod\":3", $"\"billingperiod\":{number}")).BillingCycle);

    [Theory]
    [InlineData("\"ref\":\"MS-0088\"", "\"ref\":\"\"", "Contract 88", 2400, null, "2027-01-01")]
    [InlineData("\"billingperiod\":3", "\"billingperiod\":3,\"dontinvoice\":true", "MS-0088", null, null, "2027-01-01")]
    [InlineData("\"chargerollover\":false", "\"chargerollover\":true", "MS-0088", 2400, 12, "2027-01-01")]
    [InlineData("\"end_date\":\"2026-12-31", "\"end_date\":\"2099-12-31", "MS-0088", 2400, null, "9999-12-31")]
    [InlineData("\"end_date\":\"2026-12-31", "\"end_date\":\"1900-01-01", "MS-0088", 2400, null, "9999-12-31")]
    [InlineData("\"billingperiod\":3", "\"billingperiod\":3,\"rollingcontract\":true", "MS-0088", 2400, null, "9999-12-31")]
    public void Read_Contract_ReadsWhatHaloMeans(string right, string changed, string name, int? fee, int? rollOver, string end)
    {
        var contract = One<PsaAgreement>("contracts", Change(Contract, right, changed));

        Assert.Equal((name, fee, rollOver, end), (contract.Name, (int?)contract.MonthlyFee, contract.RollOverCycles, contract.Term.End.ToString("yyyy-MM-dd", null)));
    }

    [Fact]
    public void Read_RecurringInvoicesLine_IsAnAdditionOfItsContract() => Assert.Equal(
        new Addition
        {
            Id = Id(RecordKind.Addition, "501/7001"),
            Revision = Utc(2026, 8, 1, 9, 0),
            AgreementId = "88",
            Sku = "M365-BP",
            Description = "Microsoft 365 Business Premium",
            Quantity = 42m,
            UnitPrice = 26.40m,
            UnitCost = 20.15m,
            Option = BillingOption.Billable,
            InForce = Always,
        },
        One<Addition>("recurring-invoices", Recurring));

    // A quarter's 26.40 is 8.80 a month and its cost 20.15 / 3 = 6.7166…; 10 % off 26.40 is 23.76; a year's 26.40 is 2.20 a month.
    [Theory]
    [InlineData("\"currency\":1", "\"period\":4", "8.8", "6.7166666666666666666666666667")]
    [InlineData("\"currency\":1", "\"period\":3", "2.2", "1.6791666666666666666666666667")]
    [InlineData("\"currency\":1", "\"period\":2", "26.40", "20.15")]
    [InlineData("\"ihid\":501", "\"discount_perc\":10", "23.76", "20.15")]
    public void Read_RecurringInvoicesLine_HasThePriceOfAMonth(string right, string changed, string price, string cost)
    {
        var addition = One<Addition>("recurring-invoices", Change(Recurring, right, changed));

        Assert.Equal((decimal.Parse(price, null), decimal.Parse(cost, null)), (addition.UnitPrice, addition.UnitCost));
    }

    [Theory]
    [InlineData("\"ihid\":501", "\"contract_id\":90", "90", "M365-BP", BillingOption.Billable, "0001-01-01..9999-12-31")]
    [InlineData("\"contract_id\":88", "\"contract_id\":0", "recurring invoice 501", "M365-BP", BillingOption.Billable, "0001-01-01..9999-12-31")]
    [InlineData("\"item_code\":\"M365-BP\"", "\"item_code\":\"\"", "88", "item 310", BillingOption.Billable, "0001-01-01..9999-12-31")]
    [InlineData("\"ihid\":501", "\"isinactive\":true", "88", "M365-BP", BillingOption.DoNotBill, "0001-01-01..9999-12-31")]
    [InlineData("\"ihid\":501", "\"startdate\":\"2026-08-14T00:00:00\",\"enddate\":\"2026-09-13T00:00:00\"", "88", "M365-BP", BillingOption.Billable, "2026-08-14..2026-09-14")]
    [InlineData("\"currency\":1", "\"startdate\":\"2026-03-01T00:00:00\",\"enddate\":\"1900-01-01T00:00:00\"", "88", "M365-BP", BillingOption.Billable, "2026-03-01..9999-12-31")]
    [InlineData("\"ihid\":501", "\"onetimecharge\":true,\"startdate\":\"2026-08-14T00:00:00\"", "88", "M365-BP", BillingOption.Billable, "2026-08")]
    [InlineData("\"ihid\":501", "\"onetimecharge\":true", "88", "M365-BP", BillingOption.Billable, "2026-09")]
    [InlineData("\"ihid\":501", "\"onetimecharge\":true,\"onetimechargeinvoiceid\":77", "88", "M365-BP", BillingOption.DoNotBill, "2026-09")]
    public void Read_RecurringInvoicesLine_ReadsWhatHaloMeans(string right, string changed, string agreement, string sku, BillingOption option, string inForce)
    {
        var addition = One<Addition>("recurring-invoices", Change(Recurring, right, changed));

        Assert.Equal((agreement, sku, option, inForce), (addition.AgreementId, addition.Sku, addition.Option, addition.InForce.ToString()));
    }

    [Fact]
    public void Read_RecurringInvoicesHeading_IsNoAddition() =>
        Assert.Empty(ImportFiles.Records<Addition>("halopsa-recurring-invoices.json", Change(Recurring, "\"ihid\":501", "\"isgroupdesc\":true")));

    [Fact]
    public void Read_RecurringInvoiceByTheWeek_IsRefusedWithTheSetting() => Assert.Equal(
        ["halopsa-recurring-invoices.json, line 1, column 123: invoices[0].period is '1', expected a period of whole months, of which the settings know the number (BillingPeriods:1)"],
        ImportFiles.Problems("halopsa-recurring-invoices.json", Change(Recurring, "\"currency\":1", "\"period\":1")));

    [Theory]
    [InlineData("9", "1900-01-01T00:00:00", true)]
    [InlineData("1", "1900-01-01T00:00:00", false)]
    [InlineData("1", "2026-08-04T10:00:00", true)]
    public void Read_Ticket_IsClosedByItsStatusOrDate(string status, string closed, bool isClosed) => Assert.Equal(
        new Ticket { Id = Id(RecordKind.Ticket, "41551"), Revision = Utc(2026, 8, 3, 15, 45), Summary = "Workstation down", CompanyId = "25", AgreementId = "88", IsClosed = isClosed },
        One<Ticket>("tickets", $$"""
            {"record_count":842,"tickets":[{"id":41551,"summary":"Workstation down","client_id":25,"site_id":31,"agent_id":17,"status_id":{{status}},"priority_id":3,"tickettype_id":1,"contract_id":88,
             "dateoccurred":"2026-08-03T13:58:00","dateclosed":"{{closed}}","last_update":"2026-08-03T15:45:00"}]}
            """));

    [Fact]
    public void Read_Project_ComesWithItsMilestones() => Assert.Equal(
        [
            new Project { Id = Id(RecordKind.Project, "60010"), Revision = Utc(2026, 8, 13, 9, 0), Name = "Server migration", CompanyId = "25", IsFixedFee = true },
            new Milestone { Id = Id(RecordKind.Milestone, "60010/12"), Revision = Utc(2026, 8, 13, 9, 0), ProjectId = "60010", Name = "Cutover", Amount = 4800m },
        ],
        ImportFiles.Records<CapturedRecord>("halopsa-projects.json", Project));

    [Theory]
    [InlineData("1900-01-01T00:00:00", "", "4800.00", false, null, 4800, BillingOption.Default, true)]
    [InlineData("2026-08-12T16:30:00", "0", "4800.00", true, "2026-08-12", 4800, BillingOption.Default, true)]
    [InlineData("2026-08-12T16:30:00", "INV-7", "4800.00", true, "2026-08-12", 4800, BillingOption.DoNotBill, true)]
    [InlineData("2026-08-12T16:30:00", "", "0", true, "2026-08-12", null, BillingOption.Default, false)]
    public void Read_Milestone_IsCompletedWhenItWasProcessed(string processed, string invoice, string value, bool isCompleted, string? day, int? amount, BillingOption option, bool isFixedFee)
    {
        var text = Change(Change(Change(Project, "1900-01-01T00:00:00", processed), "\"invoicenumber\":\"\"", $"\"invoicenumber\":\"{invoice}\""), "4800.00", value);
        var records = ImportFiles.Records<CapturedRecord>("halopsa-projects.json", text);
        var milestone = records.OfType<Milestone>().Single();

        Assert.Equal((isCompleted, day, amount, option), (milestone.IsCompleted, milestone.CompletedOn?.ToString("yyyy-MM-dd", null), (int?)milestone.Amount, milestone.Option));
        Assert.Equal(isFixedFee, records.OfType<Project>().Single().IsFixedFee);
    }

    [Fact]
    public void Read_Asset_IsADeviceOfItsClient() => Assert.Equal(
        new Device
        {
            Id = Id(RecordKind.Device, "3301"),
            Revision = Utc(2026, 8, 5, 7, 0),
            CompanyId = "25",
            CompanyName = "client 25",
            Name = "WEB01",
            DeviceType = "Asset type 12",
            IsActive = true,
            IsBilled = true,
            InstalledOn = new DateOnly(2026, 3, 1),
        },
        One<Device>("assets", """
            {"record_count":1,"assets":[{"id":3301,"inventory_number":"WEB01","client_id":25.0,"site_id":31,"contract_id":0,"item_id":12,"status_name":"Active","inactive":false,"assettype_id":12,
             "dlastupdate":"2026-08-04T07:00:00","last_modified":"2026-08-05T07:00:00","commissiondate":"2026-03-01T00:00:00"}]}
            """));

    [Theory]
    [InlineData("""{"records":3}""", "halopsa-tickets.json, line 1, column 1: rows: expected a list of records, as HaloPSA's interface answers, but it is missing")]
    [InlineData("""[{"id":1.5,"summary":"a"}]""", "halopsa-tickets.json, line 1, column 8: id is '1.5', expected a whole number")]
    [InlineData("""[{"id":1,"summary":"a","last_update":"yesterday"}]""", "halopsa-tickets.json, line 1, column 38: last_update is 'yesterday', expected a time like 2026-08-03T14:00:00")]
    public void Read_WhatIsNoRecord_IsRefused(string text, string problem) => Assert.Equal([problem], ImportFiles.Problems("halopsa-tickets.json", text));

    private static RecordId Id(RecordKind kind, string id) => new("halopsa", kind, id);

    private static DateTimeOffset Utc(int year, int month, int day, int hour, int minute) => new(year, month, day, hour, minute, 0, TimeSpan.Zero);

    private static T One<T>(string feed, string text)
        where T : CapturedRecord => Assert.Single(ImportFiles.Records<T>($"halopsa-{feed}.json", text));

    private static string Change(string text, string right, string changed)
    {
        Assert.Contains(right, text, StringComparison.Ordinal);
        return text.Replace(right, changed, StringComparison.Ordinal);
    }
}
