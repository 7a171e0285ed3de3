using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;

namespace MspBilling.App.Capture;

/// <summary>A page whose bytes are kept and whose records are read.</summary>
public sealed record KeptPage(RawPayloadStore.Import Import, PageContent Content)
{
    public Payload Payload => new(Import, Content.Records);
}
