namespace MspBilling.Local.Sample;

/// <summary>Whose cloud accounts they are: the sub-account of an export, as it is written there, and the client that pays for it.</summary>
internal static class SampleCloudAccounts
{
    // The real export's accounts are lent to the four clients that pay in dollars; what is not here belongs to nobody and is held.
    private static readonly CloudAccount[] OfRealExport =
    [
        new("AWS", "11353890204", "ATLAS"),
        new("Microsoft", "/subscriptions/64e355d7-997c-491d-b0c1-8414dccfcf42", "ATLAS"),
        new("AWS", "69460568468", "ATLAS"),
        new("AWS", "51738928782", "ATLAS"),
        new("AWS", "68974153460", "ATLAS"),
        new("AWS", "58417724665", "ATLAS"),
        new("AWS", "60626892153", "ATLAS"),
        new("Oracle", "ocid6.tenancy.oc6..aaaaaaaalnpeq6xok1okj8vknc9pzancima2g8bwvk2kk9jgwhgycacrie2q", "ATLAS"),
        new("AWS", "18938484842", "LONESTAR"),
        new("AWS", "84445137922", "LONESTAR"),
        new("AWS", "90054491575", "LONESTAR"),
        new("AWS", "79651190712", "LONESTAR"),
        new("AWS", "31708171669", "LONESTAR"),
        new("AWS", "83450778704", "LONESTAR"),
        new("AWS", "52305261521", "LONESTAR"),
        new("Microsoft", "/subscriptions/ed570627-0265-4620-bb42-bae06bcfa914", "LONESTAR"),
        new("AWS", "85742851457", "BARTON"),
        new("AWS", "21473187560", "BARTON"),
        new("AWS", "46124420288", "BARTON"),
        new("AWS", "57437203586", "BARTON"),
        new("AWS", "15196455530", "BARTON"),
        new("AWS", "70077301883", "BARTON"),
        new("AWS", "89940249028", "BARTON"),
        new("Microsoft", "/subscriptions/9ec51cfd-5ca7-4d76-8101-dd0a4abc5674", "BARTON"),
        new("AWS", "69918885631", "PECAN"),
        new("AWS", "86366525267", "PECAN"),
        new("AWS", "41427911773", "PECAN"),
        new("AWS", "79982682937", "PECAN"),
        new("AWS", "43883916739", "PECAN"),
        new("AWS", "20014591961", "PECAN"),
        new("AWS", "77596568903", "PECAN"),
        new("Oracle", "ocid6.tenancy.oc6..aaaaaaaa2fs7w19bi9iupcjqv8zayogd78eziinl2hu7rkdvmuhsavhbmkma", "PECAN"),
    ];

    public static IEnumerable<CloudAccount> All => OfRealExport.Concat(
        from subscription in SampleAzureResources.Subscriptions
        where subscription.Client is not null
        select new CloudAccount("Microsoft", subscription.SubAccountId, subscription.Client!));
}

internal sealed record CloudAccount(string Provider, string SubAccountId, string Client);
