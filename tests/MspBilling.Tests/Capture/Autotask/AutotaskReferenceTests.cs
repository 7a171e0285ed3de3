using MspBilling.Core;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using Xunit;

namespace MspBilling.Tests.Capture.Autotask;

/// <summary>Companies, people, tickets, devices and charges, each decision of the mapping.</summary>
public sealed class AutotaskReferenceTests
{
    private const string Company = """
        {"id":250,"companyName":"Contoso Ltd","companyNumber":"CON250","companyType":1,"isActive":true,"isTaxExempt":false,"taxRegionID":2,"currencyID":1,
         "billingAddress1":"1 Main St","billToCity":"Austin","billToState":"TX","billToZipCode":"78701","address1":"2 Side St",
         "lastActivityDate":"2026-08-03T15:45:00Z","lastTrackedModifiedDateTime":"2026-08-02T10:00:00Z"}
        """;

    private const string Ticket = """
        {"id":8001,"ticketNumber":"T20260803.0012","title":"Workstation down","companyID":250,"contractID":29683580,"status":5,"queueID":8,
         "completedDate":null,"lastActivityDate":"2026-08-03T15:45:00Z","lastTrackedModificationDateTime":"2026-08-03T15:46:00Z","externalID":""}
        """;

    private const string Device = """
        {"id":7001,"companyID":250,"contractID":29683580,"contractServiceID":410,"productID":12,"configurationItemType":2,"referenceTitle":"WEB01","serialNumber":"ABC123",
         "isActive":true,"installDate":"2025-02-01T00:00:00Z","lastModifiedTime":"2026-08-02T10:00:00Z","rmmDeviceUID":"9f0c"}
        """;

    private const string Charge = """
        {"id":9,"name":"SSD 1 TB","contractID":null,"datePurchased":"2026-08-05T00:00:00Z","unitQuantity":2.0,"unitPrice":100.0,"unitCost":75.5,"isBillableToCompany":true,"isBilled":false}
        """;

    [Fact]
    public void Read_Company_IsMapped()
    {
        var company = One<Company>("companies", $$"""{"reading":{"currency":"USD","taxCodes":{"2":"TX"} },"companies":[{{Company}}]}""");

        Assert.Equal(["1 Main St", "Austin, TX 78701"], company.AddressLines);
        Assert.Equal(
            new Company
            {
                Id = new RecordId("autotask", RecordKind.Company, "250"),
                Revision = new DateTimeOffset(2026, 8, 3, 15, 45, 0, TimeSpan.Zero),
                Identifier = "CON250",
                Name = "Contoso Ltd",
                Address = new PostalAddress { Line1 = "1 Main St", City = "Austin", PostCode = "78701", Subdivision = "TX" },
                TaxCode = "TX",
                CurrencyName = "USD",
            },
            company with { AddressLines = [] });
    }

    [Theory]
    [InlineData("{}", "\"isTaxExempt\":false", "\"isTaxExempt\":true", "Exempt")]
    [InlineData("{\"exemptTaxCode\":\"NONE\"}", "\"isTaxExempt\":false", "\"isTaxExempt\":true", "NONE")]
    [InlineData("{}", "\"taxRegionID\":2", "\"taxRegionID\":3", "tax region 3")]
    [InlineData("{}", "\"taxRegionID\":2", "\"taxRegionID\":null", null)]
    public void Read_Company_HasATaxCode(string reading, string right, string other, string? code) =>
        Assert.Equal(code, One<Company>("companies", $$"""{"reading":{{reading}},"companies":[{{Company.Replace(right, other, StringComparison.Ordinal)}}]}""").TaxCode);

    [Theory]
    [InlineData("{}", null)]
    [InlineData("{\"currency\":\"USD\",\"currencies\":{\"1\":\"EUR\"}}", "EUR")]
    [InlineData("{\"currency\":\"USD\",\"currencies\":{\"2\":\"EUR\"}}", "currency 1 of Autotask")]
    public void Read_Company_HasACurrency(string reading, string? currency) =>
        Assert.Equal(currency, One<Company>("companies", $$"""{"reading":{{reading}},"companies":[{{Company}}]}""").CurrencyName);

    [Theory]
    [InlineData("0", "{}", true)]
    [InlineData("250", "{}", false)]
    [InlineData("250", "{\"internalCompanies\":[\"250\"]}", true)]
    public void Read_Company_IsTheMspItself(string id, string reading, bool isInternal) =>
        Assert.Equal(isInternal, One<Company>("companies", $$"""{"reading":{{reading}},"companies":[{{Company.Replace("250,", id + ",", StringComparison.Ordinal)}}]}""").IsInternal);

    [Fact]
    public void Read_CompanyWithoutNumberOrBillingAddress_HasItsNameAndItsOwn()
    {
        var company = One<Company>("companies", """{"companies":[{"id":1,"companyName":"A","companyNumber":"","address1":"2 Side St","city":"Cork"}]}""");

        Assert.Equal(("A", "2 Side St/Cork"), (company.Identifier, string.Join('/', company.AddressLines)));
    }

    [Theory]
    [InlineData("\"firstName\":\"Jane\",\"lastName\":\"Doe\",\"isActive\":true,\"internalCost\":48.5,\"defaultServiceDeskRoleID\":9", "Jane Doe", "Engineer", "48.5", false)]
    [InlineData("\"lastName\":\"Doe\",\"isActive\":false,\"internalCost\":0.0", "Doe", null, null, true)]
    [InlineData("\"userName\":\"jdoe\",\"isActive\":true,\"internalCost\":null", "jdoe", null, null, false)]
    [InlineData("\"isActive\":true", "resource 5", null, null, false)]
    public void Read_Resource_IsATechnician(string fields, string name, string? role, string? cost, bool isInactive)
    {
        var person = One<Technician>("resources", $$"""{"resources":[{"id":5,{{fields}}}],"roles":[{"id":9,"name":"Engineer"}]}""");

        Assert.Equal((name, role, cost, isInactive), (person.Name, person.RoleName, person.HourlyCost?.ToString(System.Globalization.CultureInfo.InvariantCulture), person.IsInactive));
    }

    [Fact]
    public void Read_Role_IsAWorkRole() => Assert.Equal(
        new WorkRole { Id = new RecordId("autotask", RecordKind.WorkRole, "29683396"), Name = "Engineer", HourlyRate = 150m },
        One<WorkRole>("roles", """{"items":[{"id":29683396,"name":"Engineer","hourlyRate":150.0,"hourlyFactor":1.0,"isActive":true}],"pageDetails":{}}"""));

    [Fact]
    public void Read_Ticket_IsMapped() => Assert.Equal(
        new Ticket
        {
            Id = new RecordId("autotask", RecordKind.Ticket, "8001"),
            Revision = new DateTimeOffset(2026, 8, 3, 15, 46, 0, TimeSpan.Zero),
            Summary = "Workstation down",
            Board = "Level 1",
            CompanyId = "250",
            AgreementId = "29683580",
            IsClosed = true,
        },
        One<Ticket>("tickets", $$"""{"labels":{"Tickets.queueID":{"8":"Level 1"},"Tickets.status":{"5":"Complete"} },"tickets":[{{Ticket}}]}"""));

    [Theory]
    [InlineData("\"status\":5", "\"status\":1", false)]
    [InlineData("\"completedDate\":null", "\"completedDate\":\"2026-08-03T15:45:00Z\"", true)]
    public void Read_Ticket_IsClosedByDateOrStatus(string right, string other, bool isClosed) =>
        Assert.Equal(isClosed, One<Ticket>("tickets", $$"""{"labels":{"Tickets.status":{"1":"New"} },"tickets":[{{Ticket.Replace(right, other, StringComparison.Ordinal)}}]}""").IsClosed);

    [Fact]
    public void Read_ConfigurationItem_IsADevice() => Assert.Equal(
        new Device
        {
            Id = new RecordId("autotask", RecordKind.Device, "7001"),
            Revision = new DateTimeOffset(2026, 8, 2, 10, 0, 0, TimeSpan.Zero),
            CompanyId = "250",
            CompanyName = "Contoso Ltd",
            Name = "WEB01",
            DeviceType = "Server",
            SerialNumber = "ABC123",
            IsActive = true,
            IsBilled = true,
            InstalledOn = new DateOnly(2025, 2, 1),
        },
        OneDevice(Device));

    [Theory]
    [InlineData("\"configurationItemType\":2", "\"configurationItemType\":null", "{}", "Laptop", true)]
    [InlineData("\"contractID\":29683580", "\"contractID\":null", "{}", "Server", true)]
    [InlineData("\"contractID\":29683580", "\"contractID\":null", "{\"devicesNeedContract\":true}", "Server", false)]
    public void Read_Device_HasATypeAndIsBilledOrNot(string right, string other, string reading, string type, bool isBilled)
    {
        var device = OneDevice(Device.Replace(right, other, StringComparison.Ordinal), reading);

        Assert.Equal((type, isBilled), (device.DeviceType, device.IsBilled));
    }

    [Theory]
    [InlineData("contract-charges", "contractCharges", "contractID", "contracts", "contract-9", "7", null, null)]
    [InlineData("ticket-charges", "ticketCharges", "ticketID", "tickets", "ticket-9", null, "7", null)]
    [InlineData("project-charges", "projectCharges", "projectID", "projects", "project-9", null, null, "7")]
    public void Read_Charge_IsAnExpense(string feed, string list, string reference, string owners, string id, string? agreement, string? ticket, string? project)
    {
        var charge = Charge.Replace("\"contractID\":null", $"\"{reference}\":7", StringComparison.Ordinal);

        Assert.Equal(
            new Expense
            {
                Id = new RecordId("autotask", RecordKind.Expense, id),
                CompanyId = "250",
                CompanyName = "Contoso Ltd",
                AgreementId = agreement,
                Day = new DateOnly(2026, 8, 5),
                Description = "SSD 1 TB",
                TicketId = ticket,
                ProjectId = project,
                Quantity = 2m,
                UnitPrice = 100m,
                UnitCost = 75.5m,
                Currency = Currency.Of("USD"),
                Option = BillingOption.Billable,
            },
            One<Expense>(feed, $$"""{"reading":{"currency":"USD"},"{{list}}":[{{charge}}],"{{owners}}":[{"id":7,"companyID":250}],"companies":[{{Company}}]}"""));
    }

    [Theory]
    [InlineData("\"isBilled\":false", "\"isBilled\":true", BillingOption.BilledElsewhere)]
    [InlineData("\"isBillableToCompany\":true", "\"isBillableToCompany\":false", BillingOption.DoNotBill)]
    public void Read_Charge_IsBilledOrNot(string right, string other, BillingOption option) => Assert.Equal(option, OneCharge(Charge.Replace(right, other, StringComparison.Ordinal)).Option);

    [Fact]
    public void Read_ChargeOfAHiddenTicket_IsOfNobodyKnown()
    {
        var charge = OneCharge(Charge, "");

        Assert.Equal(("unknown", "of ticket 7, which Autotask does not show"), (charge.CompanyId, charge.CompanyName));
    }

    [Theory]
    [InlineData("{}", "a page that tells the currency of its amounts; set Sources:Autotask:Currency")]
    [InlineData("{\"currency\":\"USD\",\"currencies\":{\"2\":\"EUR\"}}", "a company with a currency of the settings; add currency 1 to Sources:Autotask:Currencies")]
    public void Read_ChargeOfNoKnownCurrency_IsRefused(string reading, string expected) => Assert.Equal(
        [$"autotask-ticket-charges.json, line 1, column {reading.Length + 36}: ticketCharges[0].id is '9', expected {expected}"],
        ImportFiles.Problems("autotask-ticket-charges.json", ChargePage(Charge, reading, """{"id":7,"companyID":250}""")));

    private static Expense OneCharge(string charge, string owner = """{"id":7,"companyID":250}""") => One<Expense>("ticket-charges", ChargePage(charge, "{\"currency\":\"USD\"}", owner));

    private static string ChargePage(string charge, string reading, string owner) =>
        $$"""{"reading":{{reading}},"ticketCharges":[{{charge.Replace("\"contractID\":null", "\"ticketID\":7", StringComparison.Ordinal)}}],"tickets":[{{owner}}],"companies":[{{Company}}]}""";

    private static Device OneDevice(string device, string reading = "{}") => One<Device>(
        "configuration-items",
        $$"""{"reading":{{reading}},"labels":{"ConfigurationItems.configurationItemType":{"2":"Server"} },"configurationItems":[{{device}}],"companies":[{{Company}}],"products":[{"id":12,"name":"Laptop"}]}""");

    private static T One<T>(string feed, string page)
        where T : CapturedRecord => ImportFiles.Records<T>($"autotask-{feed}.json", page).Single();
}
