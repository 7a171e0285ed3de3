using MspBilling.Core.Clients;
using MspBilling.Core.Time;

namespace MspBilling.Core.Capture;

/// <summary>Whose an activity is, and when.</summary>
/// <param name="ClientId"><see cref="Client.Unknown"/> when the records do not tell.</param>
/// <param name="Month">The month it falls in; null for what stands until it is ended, such as a device.</param>
/// <param name="Unknown">What is not known, such as <c>company 999 (Marlowe Dental)</c>.</param>
public sealed record Attribution(string ClientId, Period? Month, string? Unknown)
{
    internal static Attribution Dated(Company company, Period month) => new(Client.IdOf(company.Id.ExternalId), month, null);

    internal static Attribution Standing(Company company) => new(Client.IdOf(company.Id.ExternalId), null, null);

    internal static Attribution Unassigned(Period? month, string what) => new(Client.Unknown, month, what);

    /// <summary>The same for a company that may be nobody known.</summary>
    internal static Attribution Of(Company? company, Period? month, string what) =>
        company is null ? Unassigned(month, what) : new(Client.IdOf(company.Id.ExternalId), month, null);
}
