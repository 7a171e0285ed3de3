namespace MspBilling.Core.Capture;

/// <summary>Translates what a source calls agreements, roles, services and products into our words, as people have confirmed.</summary>
/// <remarks>An agreement that another source than the PSA names may be given by its name, too, where one agreement of the client has it.</remarks>
internal sealed class OurWords(Mappings mappings, ClientDirectory directory)
{
    public Activity Of(Activity activity)
    {
        var source = activity is UsageRecord { Provider: var provider } ? provider : activity.Id.Source;
        var isOfPsa = source == directory.Psa;
        if (isOfPsa && !mappings.Has(source))
        {
            return activity;
        }

        return activity switch
        {
            TimeEntry time => Of(time, isOfPsa),
            Expense expense => expense with { AgreementId = Agreement(expense, expense.AgreementId, isOfPsa), Sku = Product(source, expense.Sku) },
            Count count => count with { Sku = Product(source, count.Sku)! },
            UsageRecord usage => usage with { Sku = Product(source, usage.Sku)!, Service = mappings.Find(MappedThing.Service, source, usage.Service) ?? usage.Service },
            Addition addition => addition with { Sku = Product(source, addition.Sku)! },
            _ => activity,
        };
    }

    private TimeEntry Of(TimeEntry time, bool isOfPsa)
    {
        var source = time.Id.Source;
        var named = time with { AgreementId = Agreement(time, time.AgreementId, isOfPsa) };
        return (mappings.Find(MappedThing.Role, source, time.RoleId) ?? mappings.Find(MappedThing.Role, source, time.RoleName)) is { } role
            ? named with { RoleId = directory.WorkRoleCalled(role)?.Id.ExternalId, RoleName = role }
            : named;
    }

    private string? Product(string source, string? sku) => mappings.Find(MappedThing.Product, source, sku) ?? sku;

    private string? Agreement(Activity activity, string? named, bool isOfPsa)
    {
        if (named is null || isOfPsa)
        {
            return mappings.Find(MappedThing.Agreement, activity.Id.Source, named) ?? named;
        }

        if (mappings.Find(MappedThing.Agreement, activity.Id.Source, named) is { } mapped)
        {
            return mapped;
        }

        var known = directory.AgreementNames(directory.Attribute(activity).ClientId).ToList();
        var called = known.Where(agreement => string.Equals(agreement.Name, named, StringComparison.OrdinalIgnoreCase)).ToList();
        return called.Count == 1 && !known.Exists(agreement => agreement.Id == named) ? called[0].Id : named;
    }
}
