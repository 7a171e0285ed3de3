using System.Globalization;

namespace MspBilling.Core.Capture;

/// <summary>Whose use of which billing period a usage record is of; read from its id, which its reader made of it.</summary>
/// <param name="Source">The import format, such as <c>focus</c>.</param>
/// <param name="BillingPeriod">First day of the provider's billing period.</param>
public sealed record UsageScope(string Source, string Provider, string BillingAccountId, string SubAccountId, DateOnly BillingPeriod)
{
    private const int Fields = 10;

    /// <summary>What the ids of all records of the billing account begin with.</summary>
    public string AccountPrefix => $"{Escaped(Provider)}|{Escaped(BillingAccountId)}|";

    /// <summary>The account as different files of one provider have it: <c>/subscriptions/1F0C</c> is <c>1f0c</c>.</summary>
    public string Account => NormalAccount(SubAccountId);

    /// <summary>The last part of an account's id, in small letters.</summary>
    public static string NormalAccount(string id) => id[(id.TrimEnd('/').LastIndexOf('/') + 1)..].TrimEnd('/').ToLowerInvariant();

    /// <summary>The scope and the day of a record; null for one that comes from no export.</summary>
    public static (UsageScope Scope, DateOnly Day)? Of(RecordId id)
    {
        if (id.Kind != RecordKind.Usage || id.ExternalId.Split('|') is not { Length: Fields } fields || Day(fields[8]) is not { } period || Day(fields[9]) is not { } day)
        {
            return null;
        }

        return (new UsageScope(id.Source, Plain(fields[0]), Plain(fields[1]), Plain(fields[2]), period), day);
    }

    /// <summary>A bar is written <c>%7C</c> and <c>%</c> is <c>%25</c>.</summary>
    private static string Escaped(string field) => field.Replace("%", "%25", StringComparison.Ordinal).Replace("|", "%7C", StringComparison.Ordinal);

    private static string Plain(string field) => field.Replace("%7C", "|", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal);

    private static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
