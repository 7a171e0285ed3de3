namespace MspBilling.Tests.Capture.Autotask;

/// <summary>The entities that the simulator has, with their fields (REST API, pages of the entities; those of the public client library's models).</summary>
internal static class AutotaskEntities
{
    private const string Charge = "id name description chargeType billingCodeID datePurchased unitQuantity unitPrice unitCost billableAmount extendedCost isBillableToCompany isBilled status statusLastModifiedDate productID createDate contractServiceID contractID";

    private const string Webhook = "id name webhookUrl deactivationUrl isActive isReady isSubscribedToCreateEvents isSubscribedToUpdateEvents isSubscribedToDeleteEvents notificationEmailAddress ownerResourceID sendThresholdExceededNotification webhookGUID";
    private const string WebhookField = "id webhookID fieldID isSubscribedField isDisplayAlwaysField";

    public static IReadOnlyDictionary<string, string[]> Fields { get; } = new Dictionary<string, string>
    {
        ["Companies"] = "id companyName companyNumber companyType isActive isTaxExempt taxID taxRegionID currencyID parentCompanyID billToAddressToUse billingAddress1 billingAddress2 billToCity billToState billToZipCode address1 address2 city state postalCode lastActivityDate lastTrackedModifiedDateTime",
        ["Resources"] = "id firstName lastName email userName isActive internalCost defaultServiceDeskRoleID licenseType resourceType accountingReferenceID",
        ["Roles"] = "id name hourlyRate hourlyFactor isActive roleType",
        ["Contracts"] = "id contractName contractNumber companyID contractType contractCategory contractPeriodType startDate endDate status billingPreference billToCompanyID setupFee overageBillingRate purchaseOrderNumber isDefaultContract",
        ["ContractBlocks"] = "id contractID datePurchased startDate endDate hours hoursApproved hourlyRate isPaid status invoiceNumber paymentType",
        ["ContractServices"] = "id contractID serviceID unitPrice unitCost internalDescription invoiceDescription quoteItemID",
        ["ContractServiceBundles"] = "id contractID serviceBundleID unitPrice adjustedPrice",
        ["ContractServiceUnits"] = "id contractID contractServiceID serviceID startDate endDate units price cost approveAndPostDate internalCurrencyPrice vendorCompanyID",
        ["ContractServiceBundleUnits"] = "id contractID contractServiceBundleID serviceBundleID startDate endDate units price cost approveAndPostDate internalCurrencyPrice",
        ["Services"] = "id name description invoiceDescription unitPrice unitCost periodType billingCodeID isActive lastModifiedDate",
        ["ServiceBundles"] = "id name description invoiceDescription unitPrice unitCost periodType isActive",
        ["ContractRates"] = "id contractID roleID contractHourlyRate",
        ["ContractMilestones"] = "id contractID title description amount internalCurrencyAmount dateDue status isInitialPayment billingCodeID createDate",
        ["Projects"] = "id projectName projectNumber companyID contractID status startDateTime endDateTime lastActivityDateTime purchaseOrderNumber",
        ["Phases"] = "id projectID parentPhaseID phaseNumber title startDate dueDate estimatedHours isScheduled createDate lastActivityDateTime",
        ["Tasks"] = "id projectID phaseID taskNumber title status estimatedHours billingCodeID lastActivityDateTime",
        ["Tickets"] = "id ticketNumber title companyID contractID status queueID billingCodeID assignedResourceID createDate completedDate lastActivityDate lastTrackedModificationDateTime externalID purchaseOrderNumber",
        ["ConfigurationItems"] = "id companyID contractID contractServiceID productID configurationItemType referenceTitle referenceNumber serialNumber isActive installDate lastModifiedTime rmmDeviceUID",
        ["Products"] = "id name isActive",
        ["BillingCodes"] = "id name isActive",
        ["TimeEntries"] = "id resourceID ticketID taskID roleID billingCodeID contractID contractServiceID dateWorked startDateTime endDateTime hoursWorked hoursToBill offsetHours isNonBillable showOnInvoice summaryNotes internalNotes timeEntryType billingApprovalDateTime createDateTime lastModifiedDateTime",
        ["ContractCharges"] = Charge,
        ["TicketCharges"] = Charge + " ticketID",
        ["ProjectCharges"] = Charge + " projectID",
        ["CompanyWebhooks"] = Webhook,
        ["ConfigurationItemWebhooks"] = Webhook,
        ["TicketWebhooks"] = Webhook,
        ["CompanyWebhookFields"] = WebhookField,
        ["ConfigurationItemWebhookFields"] = WebhookField,
        ["TicketWebhookFields"] = WebhookField,
    }.ToDictionary(each => each.Key, each => each.Value.Split(' '));

    /// <summary>Fields that a filter may not name ("Fields that cannot be queried").</summary>
    public static IReadOnlyList<string> NotQueried { get; } = ["ContractBlocks.hoursApproved"];

    /// <summary>Picklists by entity and field, with values and labels.</summary>
    public static IReadOnlyDictionary<string, string[]> Picklists { get; } = new Dictionary<string, string[]>
    {
        ["Contracts.contractType"] = ["1=Time and Materials", "3=Fixed Price", "4=Block Hours", "7=Recurring Service"],
        ["Contracts.contractPeriodType"] = ["m=Monthly", "1=Monthly", "2=Quarterly"],
        ["ContractBlocks.status"] = ["0=Inactive", "1=Active"],
        ["ContractMilestones.status"] = ["0=In Progress", "1=Ready to Bill", "2=Billed"],
        ["Services.periodType"] = ["1=Monthly", "3=Yearly"],
        ["ServiceBundles.periodType"] = ["1=Monthly", "3=Yearly"],
        ["Tickets.queueID"] = ["8=Level 1", "9=Projects"],
        ["Tickets.status"] = ["1=New", "5=Complete"],
        ["ConfigurationItems.configurationItemType"] = ["1=Workstation", "2=Server"],
        ["CompanyWebhookFields.fieldID"] = ["13=Zip Code", "7=Company Name"],
        ["ConfigurationItemWebhookFields.fieldID"] = ["21=Active"],
        ["TicketWebhookFields.fieldID"] = ["5=Status", "6=Company", "8=Queue"],
    };
}
