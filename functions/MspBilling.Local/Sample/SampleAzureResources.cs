namespace MspBilling.Local.Sample;

/// <summary>What the clients run in Azure: subscriptions, what is in them, and what a unit of each costs.</summary>
internal static class SampleAzureResources
{
    // Key, description, category, service, resource type, provider path, unit, dollars a unit, SKU.
    public static readonly AzureMeter[] Meters =
    [
        new("b2ms", "Virtual Machines BS Series - B2ms", "Compute", "Virtual Machines",
            "Virtual machine", "microsoft.compute/virtualmachines", "Hours", 0.0912m, "1060517"),
        new("d2", "Virtual Machines Dsv5 Series - D2s v5", "Compute", "Virtual Machines",
            "Virtual machine", "microsoft.compute/virtualmachines", "Hours", 0.111m, "1061002"),
        new("d4", "Virtual Machines Dsv5 Series - D4s v5", "Compute", "Virtual Machines",
            "Virtual machine", "microsoft.compute/virtualmachines", "Hours", 0.222m, "1061004"),
        new("e4", "Virtual Machines Esv5 Series - E4s v5", "Compute", "Virtual Machines",
            "Virtual machine", "microsoft.compute/virtualmachines", "Hours", 0.29m, "1061104"),
        new("nc6", "Virtual Machines NCsv3 Series - NC6s v3", "Compute", "Virtual Machines",
            "Virtual machine", "microsoft.compute/virtualmachines", "Hours", 3.06m, "1062206"),
        new("p10", "Premium SSD Managed Disks - P10 LRS", "Storage", "Storage Accounts",
            "Disk", "microsoft.compute/disks", "Units/Month", 21.68m, "1073910"),
        new("p30", "Premium SSD Managed Disks - P30 LRS", "Storage", "Storage Accounts",
            "Disk", "microsoft.compute/disks", "Units/Month", 135.17m, "1073930"),
        new("blob", "Tiered Block Blob - Hot LRS Data Stored", "Storage", "Storage Accounts",
            "Storage account", "microsoft.storage/storageaccounts", "GB/Month", 0.0196m, "1099980"),
        new("ops", "Tiered Block Blob - LRS - List and Create Container Operations", "Storage", "Storage Accounts",
            "Storage account", "microsoft.storage/storageaccounts", "Units", 0.0005m, "1099985"),
        new("sql", "SQL Database General Purpose - Compute Gen5 - vCore", "Databases", "Azure SQL Database",
            "SQL database", "microsoft.sql/servers", "Hours", 0.1521m, "2203104"),
        new("out", "Bandwidth - Standard Data Transfer Out - Zone 1", "Networking", "Bandwidth",
            "Virtual network", "microsoft.network/virtualnetworks", "GB", 0.087m, "3310001"),
        new("in", "Bandwidth - Standard Data Transfer In", "Networking", "Bandwidth",
            "Virtual network", "microsoft.network/virtualnetworks", "GB", 0m, "3310000"),
        new("vpn", "VPN Gateway - VpnGw1", "Networking", "VPN Gateway",
            "Virtual network gateway", "microsoft.network/virtualnetworkgateways", "Hours", 0.19m, "3320011"),
        new("backup", "Backup - Azure VM Protected Instances", "Storage", "Azure Backup",
            "Recovery Services vault", "microsoft.recoveryservices/vaults", "Units/Month", 10m, "4410001"),
        new("kept", "Backup - LRS Data Stored", "Storage", "Azure Backup",
            "Recovery Services vault", "microsoft.recoveryservices/vaults", "GB/Month", 0.0224m, "4410020"),
        new("sentinel", "Sentinel - Pay-as-you-go Analysis", "Security", "Microsoft Sentinel",
            "Log Analytics workspace", "microsoft.operationalinsights/workspaces", "GB", 4.30m, "5520001"),
        new("logs", "Log Analytics - Pay-as-you-go Data Ingestion", "Management and Governance", "Azure Monitor",
            "Log Analytics workspace", "microsoft.operationalinsights/workspaces", "GB", 2.76m, "5520010"),
    ];

    // Each "meter resource quantity-a-day"; "@16" begins on the 16th. Hours vary with use, a machine that never stops has 24.
    public static readonly AzureSubscription[] Subscriptions =
    [
        new("6f0c1a52-3b7e-4d0a-9a41-20c5a8f1d701", "Zolw Production", "ZOLWLOG", "EUR", "northeurope", "North Europe", Credit: 0m,
        [
            "d4 vm-wms01 24", "d2 vm-wms02 24", "d2 vm-rds01 14", "p10 vm-wms01-os 0.033", "p10 vm-wms02-os 0.033", "p30 vm-wms01-data 0.033",
            "blob zolwscans 28.5", "ops zolwscans 900", "backup rsv-zolw 0.1", "kept rsv-zolw 41", "out vnet-zolw 6.2", "in vnet-zolw 19.4", "vpn vgw-zolw 24",
        ]),
        new("8d2b7c10-52f4-4e5c-b1de-6a7390be4402", "Athena Analytics", "ATHENA", "EUR", "northeurope", "North Europe", Credit: -42.5m,
        [
            "e4 vm-spark01 24", "e4 vm-spark02 24", "e4 vm-spark03 11", "nc6 vm-train01 5.5", "d2 vm-jump 9", "p30 vm-spark01-data 0.033", "p30 vm-spark02-data 0.033",
            "blob athenalake 212", "ops athenalake 15400", "sql sql-athena 96", "out vnet-athena 31", "in vnet-athena 88", "backup rsv-athena 0.133", "kept rsv-athena 96",
            "sentinel law-athena 2.4", "logs law-athena 3.9",
        ]),
        new("1c9e44d7-0a6b-47f2-8c13-fb52d96e0a03", "Alsterblick Produktion", "ALSTER", "EUR", "germanywestcentral", "Germany West Central", Credit: 0m,
        [
            "d4 vm-makler01 24", "d2 vm-dc01 24", "p10 vm-makler01-os 0.033", "p10 vm-dc01-os 0.033", "sql sql-makler 48", "blob alsterakten 37", "ops alsterakten 1200",
            "backup rsv-alster 0.067", "kept rsv-alster 52", "sentinel law-alster 1.1", "logs law-alster 1.6", "out vnet-alster 4.4", "in vnet-alster 12",
        ]),
        new("b35a0f68-91cd-4c8e-a7f0-14de62c87904", "Isarton Medizin", "ISARTON", "EUR", "germanywestcentral", "Germany West Central", Credit: -18.2m,
        [
            "d4 vm-pacs01 24", "d4 vm-pacs02@16 24", "p30 vm-pacs01-data 0.033", "p30 vm-pacs02-data@16 0.033", "blob isartonbilder 640", "ops isartonbilder 22000",
            "sql sql-isarton 48", "backup rsv-isarton 0.067", "kept rsv-isarton 310", "sentinel law-isarton 3.2", "logs law-isarton 4.1", "out vnet-isarton 9.5", "in vnet-isarton 57",
            "vpn vgw-isarton 24",
        ]),
        new("e7d41b93-6c20-4f19-9be8-3d85fa00c605", "Barton Taproom", "BARTON", "USD", "southcentralus", "South Central US", Credit: 0m,
        [
            "b2ms vm-pos01 24", "b2ms vm-web01 24", "p10 vm-pos01-os 0.033", "blob bartonmedia 16", "ops bartonmedia 3100", "sql sql-loyalty 24", "out vnet-barton 5.1",
            "in vnet-barton 7.7", "backup rsv-barton 0.067", "kept rsv-barton 12",
        ]),
        new("40fa8e2c-d713-4b66-8f95-c1b90e37d206", "Atlas Robotics Lab", "ATLAS", "USD", "southcentralus", "South Central US", Credit: -75m,
        [
            "d4 vm-aks01 24", "d4 vm-aks02 24", "d4 vm-aks03@9 24", "nc6 vm-sim01 7", "nc6 vm-sim02 3", "p30 vm-sim01-data 0.033", "p10 vm-aks01-os 0.033",
            "p10 vm-aks02-os 0.033", "blob atlassensor 480", "ops atlassensor 48000", "sql sql-fleet 48", "out vnet-atlas 64", "in vnet-atlas 240", "backup rsv-atlas 0.1",
            "kept rsv-atlas 180", "sentinel law-atlas 2.9", "logs law-atlas 5.2", "vpn vgw-atlas 24",
        ]),
        // Made by somebody with the company card; nobody knows whose it is.
        new("c2f6d0a9-1e48-4a3b-bb07-95e0d4a81f07", "Pay-As-You-Go", null, "EUR", "westeurope", "West Europe", Credit: 0m,
        [
            "b2ms vm-test 24", "p10 vm-test-os 0.033", "out vnet-test 0.4",
        ]),
    ];
}

internal sealed record AzureMeter(
    string Key, string Description, string Category, string Service, string ResourceType, string ProviderPath, string Unit, decimal Dollars, string Sku);

internal sealed record AzureSubscription(
    string Id, string Name, string? Client, string Currency, string RegionId, string RegionName, decimal Credit, string[] Resources)
{
    public string SubAccountId => "/subscriptions/" + Id;
}
