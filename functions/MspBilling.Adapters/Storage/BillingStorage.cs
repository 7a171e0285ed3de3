using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace MspBilling.Adapters.Storage;

/// <summary>Where everything is kept.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>A storage account's connection string; <c>UseDevelopmentStorage=true</c> is Azurite at its usual ports.</summary>
    public string ConnectionString { get; set; } = "UseDevelopmentStorage=true";

    /// <summary>Put before each table, container and queue name: letters and digits, so that several MSPs or tests can share an account.</summary>
    public string Prefix { get; set; } = "msp";
}

/// <summary>The tables, containers and queues of one MSP. Names are given here and nowhere else.</summary>
public sealed class BillingStorage
{
    private readonly TableServiceClient _tables;
    private readonly QueueServiceClient _queues;

    public BillingStorage(StorageOptions options)
        : this(options, _ => { })
    {
    }

    /// <param name="configure">Told the options of each client before it is made, to watch or to cut its requests.</param>
    internal BillingStorage(StorageOptions options, Action<ClientOptions> configure)
    {
        var tableOptions = new TableClientOptions();
        var blobOptions = new BlobClientOptions();
        var queueOptions = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        configure(tableOptions);
        configure(blobOptions);
        configure(queueOptions);
        _tables = new TableServiceClient(options.ConnectionString, tableOptions);
        var blobs = new BlobServiceClient(options.ConnectionString, blobOptions);
        _queues = new QueueServiceClient(options.ConnectionString, queueOptions);

        var prefix = options.Prefix.ToLowerInvariant();
        Imports = _tables.GetTableClient(prefix + "imports");
        References = _tables.GetTableClient(prefix + "references");
        Activities = _tables.GetTableClient(prefix + "activities");
        Locations = _tables.GetTableClient(prefix + "locations");
        Bills = _tables.GetTableClient(prefix + "bills");
        Numbers = _tables.GetTableClient(prefix + "numbers");
        Runs = _tables.GetTableClient(prefix + "runs");
        Ledger = _tables.GetTableClient(prefix + "ledger");
        Feeds = _tables.GetTableClient(prefix + "feeds");
        Webhooks = _tables.GetTableClient(prefix + "webhooks");
        Leases = blobs.GetBlobContainerClient(prefix + "-leases");
        RawPayloads = blobs.GetBlobContainerClient(prefix + "-raw");
        BillBlobs = blobs.GetBlobContainerClient(prefix + "-bills");
        Documents = blobs.GetBlobContainerClient(prefix + "-documents");
        AccountingFiles = blobs.GetBlobContainerClient(prefix + "-accounting");
        Drop = blobs.GetBlobContainerClient(prefix + "-drop");
        Accounting = _queues.GetQueueClient(prefix + "-accounting");
        WebhookBodies = blobs.GetBlobContainerClient(prefix + "-webhooks");
        WebhookMessages = _queues.GetQueueClient(prefix + "-webhooks");
        AccountingPoison = _queues.GetQueueClient(prefix + "-accounting-poison");
    }

    internal TableClient Imports { get; }

    internal TableClient References { get; }

    internal TableClient Activities { get; }

    internal TableClient Locations { get; }

    internal TableClient Bills { get; }

    internal TableClient Numbers { get; }

    internal TableClient Runs { get; }

    internal TableClient Ledger { get; }

    internal TableClient Feeds { get; }

    internal TableClient Webhooks { get; }

    internal BlobContainerClient WebhookBodies { get; }

    internal QueueClient WebhookMessages { get; }

    internal BlobContainerClient Leases { get; }

    internal BlobContainerClient RawPayloads { get; }

    internal BlobContainerClient BillBlobs { get; }

    internal BlobContainerClient Documents { get; }

    internal BlobContainerClient AccountingFiles { get; }

    /// <summary>Where others put what is to be imported.</summary>
    internal BlobContainerClient Drop { get; }

    internal QueueClient Accounting { get; }

    internal QueueClient AccountingPoison { get; }

    private IEnumerable<TableClient> Tables => [Imports, References, Activities, Locations, Bills, Numbers, Runs, Ledger, Feeds, Webhooks];

    private IEnumerable<BlobContainerClient> Containers => [Leases, RawPayloads, BillBlobs, Documents, AccountingFiles, WebhookBodies, Drop];

    private IEnumerable<QueueClient> Queues => [Accounting, AccountingPoison, WebhookMessages];

    /// <summary>Makes what is not there yet; safe to call by many at once.</summary>
    public Task CreateAsync(CancellationToken cancellationToken) => Task.WhenAll(
    [
        .. Tables.Select(table => table.CreateIfNotExistsAsync(cancellationToken)),
        .. Containers.Select(container => container.CreateIfNotExistsAsync(cancellationToken: cancellationToken)),
        .. Queues.Select(queue => queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken)),
    ]);

    /// <summary>Removes all of it, with everything in it.</summary>
    public Task DeleteAsync(CancellationToken cancellationToken) => Task.WhenAll(
    [
        .. Tables.Select(table => table.DeleteAsync(cancellationToken)),
        .. Containers.Select(container => container.DeleteIfExistsAsync(cancellationToken: cancellationToken)),
        .. Queues.Select(queue => queue.DeleteIfExistsAsync(cancellationToken)),
    ]);
}
